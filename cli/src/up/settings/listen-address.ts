/** Refused before anything is started. */
export class SettingsError extends Error {}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** The host if only this machine can reach it; there is no login yet that would make another one safe. */
export function loopbackHost(host: string): string {
  if (LOOPBACK.has(host)) return host;
  throw new SettingsError(
    `cannot listen on ${host}: whoever reaches the port could start tests, because this version has no login. ` +
      'Use 127.0.0.1, ::1 or localhost with --host (SERVER_HOST); to look at it from another machine use a ' +
      'tunnel: ssh -L 5000:127.0.0.1:5000 THIS-MACHINE.',
  );
}

export function tcpPort(text: string): number {
  const port = Number(text);
  if (/^[0-9]+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new SettingsError(`"${text}" is no port: set --port (SERVER_PORT) to a number from 1 to 65535.`);
}

/** How a program on this machine addresses the server; `localhost` for people, where it means the same. */
export function serverUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
