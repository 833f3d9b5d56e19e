import { isIP } from 'node:net';

/** Refused before anything is started. */
export class SettingsError extends Error {}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether only this machine can reach an address; beyond it API and console ask for a login. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** An address to listen on. */
export function listenHost(host: string): string {
  if (isLoopback(host) || isIP(host) !== 0) return host;
  throw new SettingsError(
    `cannot listen on ${JSON.stringify(host)}: --host (SERVER_HOST) is an address of this machine, 0.0.0.0 for all of them, ` +
      'or localhost. The names by which others call this machine go into STREAMSWARM_HOSTS.',
  );
}

/**
 * The loopback port for programs of this machine where people of others come in by `port`; null where that is a
 * loopback port itself.
 */
export function localPort(host: string, port: number, given: string | undefined): number | null {
  if (isLoopback(host)) return null;
  const local = given === undefined || given === '' ? port + 1 : tcpPort(given);
  if (local !== port && local <= 65_535) return local;
  throw new SettingsError(
    `port ${local} cannot be the loopback port beside ${port}: set STREAMSWARM_LOCAL_PORT to another free port.`,
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
