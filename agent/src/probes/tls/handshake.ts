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

/** TLS on a connection that stands; what the certificate is worth is judged by the caller. Throws StageFailed. */
export async function openTls(
  socket: Socket,
  options: { readonly serverName: string; readonly protocols: string[] },
  timeoutMs: number,
): Promise<{ secure: TLSSocket; seconds: number }> {
  const { serverName, protocols } = options;
  const settings: ConnectionOptions = {
    socket,
    secureContext: context,
    ALPNProtocols: protocols,
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    // A literal address is never sent as a server name (RFC 6066, 3).
    ...(isIP(serverName) === 0 ? { servername: serverName } : {}),
  };
  const beganMs = performance.now();
  const secure = connectTls(settings);
  await reached(secure, 'secureConnect', { stage: 'tls', timeoutMs });
  return { secure, seconds: (performance.now() - beganMs) / 1e3 };
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
