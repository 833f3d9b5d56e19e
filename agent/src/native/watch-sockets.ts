import type { Socket } from 'node:net';
import { loadNative } from './load-native.ts';
import type { SendProgress } from './tcp-info.ts';

/** How far what was written to a connection has come; null where this host does not say. */
export type SendProgressOf = (connection: Socket) => SendProgress | null;

/** Loaded at the first use, because few agents ever have one. */
export const watchSockets: () => Promise<SendProgressOf> = loadNative<SendProgressOf>(
  async () => {
    const { SocketWatcher } = await import('./socket-watcher.ts');
    const watcher = new SocketWatcher();
    return (connection) => watcher.progress(connection);
  },
  () => null,
);
