import { Agent, type ClientRequest, request } from 'node:http';
import type { Socket } from 'node:net';
import type { SendProgress } from '../../native/tcp-info.ts';
import { type Answer, type Channel, Exchange, type Outgoing } from './exchange.ts';
import { fieldsOf, pathOf, sendBody } from './message.ts';

/** A pool that has the one connection it was given, and opens none. */
class OneConnection extends Agent {
  #next: Socket | null;

  constructor(socket: Socket) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#next = socket;
  }

  override createConnection(): Socket {
    const socket = this.#next;
    if (socket === null) throw Object.assign(new Error('the connection is gone'), { code: 'ECONNRESET' });
    this.#next = null;
    return socket;
  }

  get isFree(): boolean {
    const idle = Object.values(this.freeSockets).flatMap((sockets) => sockets ?? []);
    return this.#next !== null || idle.some((socket) => !socket.destroyed);
  }
}

/** HTTP/1.1 (RFC 9112) on a connection that stands. */
export function h1Channel(socket: Socket, progress: () => SendProgress | null): Channel {
  const connection = new OneConnection(socket);
  // What it still has to say while no request is under way is nobody's.
  socket.on('error', () => undefined);
  return {
    protocol: 'http/1.1',
    isOpen: () => connection.isFree,
    exchange: (outgoing) => exchange(connection, socket, { outgoing, progress }),
    close() {
      connection.destroy();
      socket.destroy();
    },
  };
}

async function exchange(
  connection: OneConnection,
  socket: Socket,
  { outgoing, progress }: { outgoing: Outgoing; progress: () => SendProgress | null },
): Promise<Answer> {
  const { url, message, isLast } = outgoing;
  const watch = new Exchange(outgoing, 'http/1.1', progress);
  const firstByte = (): void => watch.firstByte();
  socket.once('data', firstByte);
  let sending: ClientRequest;
  try {
    sending = request({
      method: message.method,
      path: pathOf(url),
      headers: fieldsOf(url, message, isLast),
      agent: connection,
    });
  } catch (error) {
    // It was closed a moment ago.
    watch.failed(error);
    return await watch.result;
  }
  // Right before it is written, head and text at once.
  sending.on('socket', () => watch.began());
  sending.on('finish', () => watch.handed());
  sending.on('error', (error) => watch.failed(error));
  const closed = new Promise((resolve) => sending.on('close', resolve));
  sending.on('response', (answer) => {
    watch.answered(answer.statusCode ?? 0, answer.headers);
    answer.on('data', (chunk: Buffer) => watch.received(chunk));
    answer.on('error', (error) => watch.failed(error));
    answer.on('end', () => watch.ended());
  });
  if (message.body === null) sending.end();
  else sendBody(message.body, sending);
  try {
    const answer = await watch.result;
    if (!isLast) await closedInTime(sending, closed, outgoing.timeoutMs);
    return answer;
  } finally {
    socket.off('data', firstByte);
    if (isLast) sending.destroy();
  }
}

/**
 * Until the pool has the connection back, or has closed it. A server that answers early and then takes no more of the
 * request would keep it for ever.
 */
async function closedInTime(
  sending: ClientRequest,
  closed: Promise<unknown>,
  timeoutMs: number,
): Promise<void> {
  const timer = setTimeout(() => sending.destroy(), timeoutMs);
  await closed;
  clearTimeout(timer);
}
