import { Agent, type AgentOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect, createSecureContext, type TLSSocket } from 'node:tls';
import { notReached } from './not-reached.ts';
import { readCaFile, type ServerTrust } from './server-trust.ts';

/** For the whole, name and handshake: an operator to which all agents come at once has many of them. */
const CONNECT_MS = 10_000;
/**
 * For the TCP connection alone, which the kernel of a busy operator makes too. A SYN is repeated after one second and
 * two more (RFC 6298), or each second (Linux, tcp_syn_linear_timeouts): a try that is not over by then waits longer
 * for its next SYN than a new one does.
 */
const REACH_MS = 3_000;
/** Idle for so long, the kernel asks once a second whether the far end is there, ten times (libuv). */
const KEEP_ALIVE_MS = 1_000;
const MIN_TLS = 'TLSv1.2';

type Connected = (error: Error | null, socket: Duplex) => void;

/**
 * Connections of an https agent that carry nothing before the certificate was verified. Node writes the request into
 * a connection that is still in its handshake; here a request meets its connection only afterwards, so a token cannot
 * reach a stranger by construction. Sessions are not resumed, because Node checks no name then.
 */
export class VerifiedAgent extends Agent {
  readonly #trust: ServerTrust;
  readonly #connecting = new Set<TLSSocket>();

  constructor(trust: ServerTrust, options: AgentOptions) {
    super({ ...options, maxCachedSessions: 0 });
    this.#trust = trust;
  }

  override createConnection(asked: ConnectionOptions, connected?: Connected): undefined {
    // @types/node wants a socket even beside an error; Node takes none.
    const fail = (error: Error): void => connected?.(error, undefined as unknown as Duplex);
    let socket: TLSSocket;
    try {
      socket = connect(this.#connectionOptions(asked));
    } catch (error) {
      process.nextTick(fail, error);
      return;
    }
    this.#connecting.add(socket);
    const timer = setTimeout(
      () => socket.destroy(new Error(`no TLS connection within ${CONNECT_MS / 1e3} s`)),
      CONNECT_MS,
    );
    const reached = limitReaching(socket, asked);
    const settle = (): void => {
      clearTimeout(timer);
      reached();
      this.#connecting.delete(socket);
      socket.off('error', failed);
      socket.off('close', closed);
    };
    const failed = (error: Error): void => {
      settle();
      fail(error);
    };
    const closed = (): void => failed(new Error('the connection was closed during the TLS handshake'));
    socket.once('error', failed);
    socket.once('close', closed);
    socket.once('secureConnect', () => {
      settle();
      // Node does so only when a connection comes back to its pool, and that of the plan stream never does.
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      connected?.(null, socket);
    });
  }

  override destroy(): void {
    for (const socket of this.#connecting) socket.destroy(new Error('the agent is stopping'));
    super.destroy();
  }

  #connectionOptions(asked: ConnectionOptions): ConnectionOptions {
    const { caFile, serverName } = this.#trust;
    const { host = 'localhost', port } = asked;
    const name = serverName ?? host;
    // The file is read for each connection: they are few, and a new CA counts from the next one on.
    const ca = caFile === null ? {} : { ca: readCaFile(caFile) };
    return {
      host,
      ...(port === undefined ? {} : { port }),
      // Addresses are no server names (RFC 6066, 3); without one the host itself is checked.
      ...(isIP(name) === 0 ? { servername: name } : {}),
      secureContext: createSecureContext({ ...ca, minVersion: MIN_TLS }),
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
    };
  }
}

/** Ends a connection that nobody takes in time; the result calls that off. Finding the address has time of its own. */
function limitReaching(socket: TLSSocket, { host = 'localhost', port }: ConnectionOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    const late = notReached('ETIMEDOUT', `nobody answered at ${host}:${port} within ${REACH_MS / 1e3} s`);
    timer = setTimeout(() => socket.destroy(late), REACH_MS);
  };
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('lookup', begin);
  };
  if (isIP(host) === 0) socket.once('lookup', begin);
  else begin();
  socket.once('connect', stop);
  return stop;
}
