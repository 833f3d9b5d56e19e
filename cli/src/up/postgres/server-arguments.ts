import { type Endpoint, SOCKET_NUMBER } from './endpoint.ts';

/**
 * Settings for a small machine that does other work too. What keeps data safe over a crash (fsync,
 * synchronous_commit, full_page_writes) stays as Postgres has it.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: '96MB',
  max_connections: '50',
  max_wal_size: '512MB',
  // Short queries of a console: compiling or spreading them over processes costs more than it saves, and
  // parallel workers need more /dev/shm than a container gives.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // Ours go to standard error, where they are rotated by size.
  logging_collector: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** The command line of the server. The socket lies in the data folder, which is its working directory. */
export function serverArguments(dataFolder: string, endpoint: Endpoint): string[] {
  const settings = {
    ...SETTINGS,
    ...(endpoint.kind === 'socket'
      ? { listen_addresses: '', unix_socket_directories: '.', unix_socket_permissions: '0700' }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' }),
  };
  const port = endpoint.kind === 'socket' ? SOCKET_NUMBER : endpoint.port;
  return [
    '-D',
    dataFolder,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
