import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Namespace } from './net/namespace.ts';
import { NetworkLab } from './net/network-lab.ts';
import { askInside, runInside } from './net/product-inside.ts';
import { waitUntil } from './wait-until.ts';

export const FAR = '198.18.29.1';
/** Addresses of the routers as the host sees them. */
export const LEFT = '198.18.21.254';
export const RIGHT = '198.18.22.254';
const PORT = 5_000;

/** The product on a host from which two routers lead to a far one: the way can be changed while it measures. */
export interface TwoWays {
  readonly host: Namespace;
  /** As the host itself calls the product. */
  readonly url: string;
  api<T>(path: string, request?: { readonly method: string; readonly body?: unknown }): Promise<T>;
  goBy(router: typeof LEFT | typeof RIGHT): void;
  /** The far host answers no more, and says nothing of it. */
  silenceFar(): void;
  stop(): Promise<void>;
}

export async function startTwoWays(): Promise<TwoWays> {
  const lab = new NetworkLab();
  const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm-two-ways-'));
  const [host, far] = [lab.namespace('host'), lab.namespace('far')];
  far.address('lo', `${FAR}/32`);
  for (const [i, name] of ['left', 'right'].entries()) {
    const router = lab.namespace(name);
    const [near, beyond] = [`198.18.${21 + i}`, `198.18.${31 + i}`];
    connect(host, name, router, 'near');
    connect(router, 'beyond', far, name);
    host.address(name, `${near}.1/24`);
    router.address('near', `${near}.254/24`);
    router.address('beyond', `${beyond}.254/24`);
    far.address(name, `${beyond}.1/24`);
    router.sysctl('net.ipv4.ip_forward', '1');
    // Every answer is to be seen, not six and then one a second.
    router.sysctl('net.ipv4.icmp_ratelimit', '0');
    router.ip('route', 'add', FAR, 'via', `${beyond}.1`);
    far.ip('route', 'add', `${near}.0/24`, 'via', `${beyond}.254`);
  }
  const goBy = (router: string): void => void host.ip('route', 'replace', FAR, 'via', router);
  goBy(LEFT);
  const product = runInside(host, ['up', '--hello', 'off', '--port', String(PORT)], stateDir);
  const stop = async (): Promise<void> => {
    if (product.process.exitCode === null) product.process.kill('SIGTERM');
    await product.ended;
    lab.close();
    rmSync(stateDir, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${PORT}`;
  try {
    await waitUntil('the product is up', async () => {
      if (product.process.exitCode !== null) throw new Error(`it ended:\n${product.output()}`);
      return product.output().includes(`:${PORT}`);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host,
    url,
    api: (path, request) => askInside(host, `${url}${path}`, request),
    goBy,
    silenceFar: () => void far.ip('address', 'del', `${FAR}/32`, 'dev', 'lo'),
    stop,
  };
}
