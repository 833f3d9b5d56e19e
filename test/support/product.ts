import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { waitUntil } from './wait-until.ts';

const CLI = new URL('../../cli/src/bin/streamswarm.ts', import.meta.url).pathname;

/** The whole product as `npm start` runs it, in a state folder of its own. */
export interface Product {
  readonly url: string;
  readonly stateDir: string;
  /** All that it printed. */
  output(): string;
  stop(): Promise<number | null>;
}

export async function startProduct(args: readonly string[] = ['--hello', 'loopback']): Promise<Product> {
  const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm-product-'));
  const port = await freePort();
  const agentsPort = await freePort();
  const child = spawn(
    process.execPath,
    [CLI, 'up', '--port', String(port), '--state-dir', stateDir, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, STREAMSWARM_AGENTS_PORT: String(agentsPort) },
    },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const url = `http://localhost:${port}`;
  await waitUntil('the product is up', async () => {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}:\n${printed}`);
    return (await fetch(`${url}/readyz`)).ok && printed.includes(url);
  });
  return {
    url,
    stateDir,
    output: () => printed,
    async stop() {
      await ended(child);
      rmSync(stateDir, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
