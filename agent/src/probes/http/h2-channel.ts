import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import type { Socket } from 'node:net';
import type { SendProgress } from '../../native/tcp-info.ts';
import { errorCode } from '../socket-failure.ts';
import { StageFailed } from '../tls/handshake.ts';
import { type Answer, type Channel, Exchange, type Outgoing } from './exchange.ts';
import { h2FieldsOf, sendBody } from './message.ts';

/** Flow control must not be what a download waits for: the 64 KiB of RFC 9113 are one round trip at 5 Mbit/s. */
const WINDOW_BYTES = 16 * 1024 * 1024;

/** HTTP/2 (RFC 9113) on a connection that stands. Throws StageFailed. */
export async function h2Channel(
  url: URL,
  socket: Socket,
  progress: () => SendProgress | null,
): Promise<Channel> {
  const session = connect(url.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
  });
  let isLeaving = false;
  session.on('goaway', () => {
    isLeaving = true;
  });
  await begun(session);
  session.setLocalWindowSize(WINDOW_BYTES);
  return {
    protocol: 'h2',
    isOpen: () => !isLeaving && !session.closed && !session.destroyed,
    exchange: (outgoing) => exchange(session, { outgoing, progress }),
    close: () => session.destroy(),
  };
}

function begun(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (code: string): void => reject(new StageFailed('ttfb', code));
    session.once('connect', () => resolve());
    // Once it stands its streams say what fails.
    session.on('error', (error) => fail(errorCode(error)));
    session.on('close', () => fail('ECONNRESET'));
  });
}

async function exchange(
  session: ClientHttp2Session,
  { outgoing, progress }: { outgoing: Outgoing; progress: () => SendProgress | null },
): Promise<Answer> {
  const { url, message } = outgoing;
  const watch = new Exchange(outgoing, 'h2', progress);
  watch.began();
  let stream: ClientHttp2Stream;
  try {
    stream = session.request(h2FieldsOf(url, message), { endStream: message.body === null });
  } catch (error) {
    // It ended a moment ago.
    watch.failed(error);
    return await watch.result;
  }
  stream.on('finish', () => watch.handed());
  stream.on('error', (error) => watch.failed(error));
  stream.on('close', () => watch.failed('ECONNRESET'));
  // Those of an interim answer (103) too, as over HTTP/1.1.
  stream.on('headers', () => watch.firstByte());
  stream.on('response', ({ ':status': status = 0, ...headers }) => {
    watch.firstByte();
    watch.answered(status, headers);
  });
  stream.on('data', (chunk: Buffer) => watch.received(chunk));
  stream.on('end', () => watch.ended());
  if (message.body !== null) sendBody(message.body, stream);
  try {
    return await watch.result;
  } finally {
    stream.destroy();
  }
}
