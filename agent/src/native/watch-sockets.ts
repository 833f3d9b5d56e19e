import type { Socket } from 'node:net';
import type { SendProgress } from './tcp-info.ts';

/** How far what was written to a connection has come; null where this host does not say. */
export type SendProgressOf = (connection: Socket) => SendProgress | null;

let watching: Promise<SendProgressOf> | null = null;

/** Native code is loaded at the first use, because few agents ever have one. Never rejects. */
export function watchSockets(): Promise<SendProgressOf> {
  watching ??= load();
  return watching;
}

async function load(): Promise<SendProgressOf> {
  if (process.platform !== 'linux') return () => null;
  try {
    const { SocketWatcher } = await import('./socket-watcher.ts');
    const watcher = new SocketWatcher();
    return (connection) => watcher.progress(connection);
  } catch {
    // No koffi for this machine, as with the packet engine, which says so in the capabilities.
    return () => null;
  }
}
