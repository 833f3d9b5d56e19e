import { type NetConnectOpts, Socket } from 'node:net';
import type {
  ConnectRequest,
  ConnectResult,
  EchoResult,
  RunningEngine,
  Unavailable,
} from './packet-engine.ts';

/** An engine without native calls: no echo, and connect() by node:net on user-space time without TCP_INFO. */
export function portableEngine(detail: string): RunningEngine {
  const unavailable: Unavailable = {
    reason: 'unsupported',
    detail,
    enable: 'run the agent on Linux, x64 or arm64',
  };
  return {
    capabilities: { icmp4: unavailable, icmp6: unavailable, kernelTimestamps: false, tcpInfo: false },
    echo: (): Promise<EchoResult> => Promise.reject(new Error(`ICMP echo is unsupported: ${detail}`)),
    connect: connectPortably,
    close: () => Promise.resolve(),
    ended: new Promise(() => {}),
    ping: () => Promise.resolve(),
  };
}

/** Opens one connection by node:net. dscp has no portable way and is refused rather than ignored. */
export function connectPortably(request: ConnectRequest): Promise<ConnectResult> {
  const nothing = { failedLocally: false, connectSeconds: null, tcpInfo: null, localAddress: null };
  if (request.dscp !== undefined && request.dscp !== 0) {
    return Promise.resolve({ ...nothing, outcome: 'failed', errno: 'ENOTSUP', failedLocally: true });
  }
  return new Promise((resolve) => {
    const socket = new Socket();
    const settle = (result: ConnectResult): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(
      () => settle({ ...nothing, outcome: 'timeout', errno: null }),
      request.timeoutMs,
    );
    const options: NetConnectOpts = {
      host: request.address,
      port: request.port,
      ...(request.source === undefined ? {} : { localAddress: request.source }),
    };
    const start = performance.now();
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle({ ...nothing, outcome: 'failed', errno: error.code ?? 'unknown' }),
    );
    socket.connect(options, () => {
      const connectSeconds = (performance.now() - start) / 1e3;
      const localAddress = socket.localAddress ?? null;
      settle({ ...nothing, outcome: 'connected', errno: null, connectSeconds, localAddress });
    });
  });
}
