import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, createSecureContext, type TLSSocket } from 'node:tls';
import { errorCode, type Stage } from '../socket-failure.ts';

export class StageFailed extends Error {
  readonly stage: Stage;
  readonly code: string;
  constructor(stage: Stage, code: string) {
    super(`${stage}: ${code}`);
    this.stage = stage;
    this.code = code;
  }
}

/** Read once: the roots of this host are no part of any handshake. */
const context = createSecureContext();

/** A TCP connection, and how long it took (seconds, user space). Throws StageFailed. */
export async function openTcp(
  target: { readonly address: string; readonly port: number },
  timeoutMs: number,
): Promise<{ socket: Socket; seconds: number }> {
  const beganMs = performance.now();
  const socket = connectTcp({ host: target.address, port: target.port, noDelay: true });
  await reached(socket, 'connect', { stage: 'connect', timeoutMs });
  return { socket, seconds: (performance.now() - beganMs) / 1e3 };
}

/** A session of TLS 1.3 comes after the handshake, with no word about when: one that takes longer is none. */
const SESSION_WAIT_MS = 1_000;

export interface Secured {
  readonly secure: TLSSocket;
  readonly seconds: number;
  /** What the server gives to begin with next time; null where nothing came in time. */
  session(timeoutMs: number): Promise<Buffer | null>;
}

/** TLS on a connection that stands; what the certificate is worth is judged by the caller. Throws StageFailed. */
export async function openTls(
  socket: Socket,
  options: { readonly serverName: string; readonly protocols: string[]; readonly session?: Buffer },
  timeoutMs: number,
): Promise<Secured> {
  const { serverName, protocols, session } = options;
  const settings: ConnectionOptions = {
    socket,
    secureContext: context,
    ALPNProtocols: protocols,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    // A literal address is never sent as a server name (RFC 6066, 3).
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
    ...(session === undefined ? {} : { session }),
  };
  const beganMs = performance.now();
  const secure = connectTls(settings);
  // It may come together with the end of the handshake.
  const given = Promise.withResolvers<Buffer | null>();
  secure.once('session', given.resolve);
  await reached(secure, 'secureConnect', { stage: 'tls', timeoutMs });
  const seconds = (performance.now() - beganMs) / 1e3;
  const awaitSession = async (waitMs: number): Promise<Buffer | null> => {
    const timer = setTimeout(() => given.resolve(null), Math.min(waitMs, SESSION_WAIT_MS));
    secure.once('close', () => given.resolve(null));
    return await given.promise.finally(() => clearTimeout(timer));
  };
  return { secure, seconds, session: awaitSession };
}

/** Says goodbye before it closes: a server that is left in the middle takes it for a failed handshake, and logs it. */
export function leave(secure: TLSSocket): void {
  secure.on('error', () => undefined);
  secure.destroySoon();
}

function reached(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  { stage, timeoutMs }: { readonly stage: Stage; readonly timeoutMs: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (code: string): void => {
      settle();
      socket.on('error', () => undefined);
      socket.destroy();
      reject(new StageFailed(stage, code));
    };
    const onError = (error: unknown): void => fail(errorCode(error));
    const onClose = (): void => fail('ECONNRESET');
    const onReached = (): void => {
      settle();
      resolve();
    };
    const timer = setTimeout(() => fail('ETIMEDOUT'), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      socket.off('error', onError).off('close', onClose).off(event, onReached);
    };
    socket.on('error', onError).on('close', onClose).on(event, onReached);
  });
}
