import { execFile } from 'node:child_process';
import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Relies on the text of /proc/net/route: addresses are hexadecimal words in the byte order of the machine. */
const GATEWAY_FLAG = 0x2;

/** The gateway of the IPv4 default route with the lowest metric, or null. */
export function gatewayFromRoutes(text: string): string | null {
  const routes = text
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(
      ([, destination, , flags, , , , mask]) =>
        destination === '00000000' &&
        mask === '00000000' &&
        (Number.parseInt(flags ?? '0', 16) & GATEWAY_FLAG) !== 0,
    )
    .sort((a, b) => Number(a[6]) - Number(b[6]));
  const word = routes[0]?.[2];
  return word === undefined ? null : (word.match(/../g) ?? []).reverse().map(hexToDecimal).join('.');
}

function hexToDecimal(byte: string): number {
  return Number.parseInt(byte, 16);
}

/** The gateway out of `route -n get default` (macOS, BSD), or null. */
export function gatewayFromRouteGet(text: string): string | null {
  return /^\s*gateway:\s*(\S+)$/m.exec(text)?.[1] ?? null;
}

/** The first resolver of a resolv.conf (resolv.conf(5)), or null. */
export function resolverFromConf(text: string): string | null {
  return /^\s*nameserver\s+(\S+)/m.exec(text)?.[1] ?? null;
}

/** Default gateway and first resolver of this machine; null for what cannot be found out. */
export async function findSurroundings(): Promise<{ gateway: string | null; resolver: string | null }> {
  const [gateway, resolver] = await Promise.all([findGateway(), findResolver()]);
  return { gateway, resolver };
}

async function findGateway(): Promise<string | null> {
  try {
    if (process.platform === 'linux') return gatewayFromRoutes(await readFile('/proc/net/route', 'utf8'));
    const { stdout } = await promisify(execFile)('route', ['-n', 'get', 'default'], { timeout: 2_000 });
    return gatewayFromRouteGet(stdout);
  } catch {
    return null;
  }
}

async function findResolver(): Promise<string | null> {
  try {
    return resolverFromConf(await readFile('/etc/resolv.conf', 'utf8'));
  } catch {
    return getServers()[0] ?? null;
  }
}
