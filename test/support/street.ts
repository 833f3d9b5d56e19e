import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Accounting, StreamTest } from '@streamswarm/contract';
import { type AckProxy, startAckProxy } from './ack-proxy.ts';
import { freePort } from './free-port.ts';
import { type Part, part } from './part.ts';
import { startTestPostgres, type TestPostgres } from './postgres.ts';
import { waitUntil } from './wait-until.ts';

/** The main street in parts: Postgres, operator, a proxy, an agent; each can be killed and started again. */
export interface Street {
  readonly dir: string;
  readonly api: string;
  readonly postgres: TestPostgres;
  readonly operator: Part;
  readonly proxy: AckProxy;
  readonly agent: Part;
  readonly spoolDir: string;
  apply(test: StreamTest): Promise<void>;
  books(query?: string): Promise<Accounting>;
  stop(): Promise<void>;
}

export async function startStreet({ durable = false }: { durable?: boolean } = {}): Promise<Street> {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-street-'));
  const agentDir = join(dir, 'agent');
  mkdirSync(agentDir);
  const postgres = await startTestPostgres({ durable });
  const port = await freePort();
  const api = `http://127.0.0.1:${port}`;
  const proxy = await startAckProxy(port);
  const operator = part(dir, 'operator', {
    script: 'operator/src/bin/streamswarm-operator.ts',
    args: ['--database-url', postgres.url, '--port', String(port)],
  });
  const agent = part(dir, 'agent', {
    script: 'agent/src/bin/streamswarm-agent.ts',
    args: ['--server', proxy.url, '--state-dir', agentDir, '--name', 'street'],
  });
  const stop = async (): Promise<void> => {
    await agent.signal('SIGTERM');
    await operator.signal('SIGTERM');
    await proxy.stop();
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  operator.start();
  try {
    await waitUntil('the API is ready', async () => (await fetch(`${api}/readyz`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  agent.start();
  return {
    dir,
    api,
    postgres,
    operator,
    proxy,
    agent,
    spoolDir: join(agentDir, 'spool'),
    async apply(test) {
      const { name, namespace = 'default' } = test.metadata;
      const response = await fetch(`${api}/api/v1/tests/${namespace}/${name}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(test),
      });
      if (!response.ok) throw new Error(`applying ${name}: ${response.status} ${await response.text()}`);
    },
    async books(query = '') {
      const response = await fetch(`${api}/api/v1/accounting${query}`);
      if (!response.ok) throw new Error(`accounting: ${response.status} ${await response.text()}`);
      return (await response.json()) as Accounting;
    },
    stop,
  };
}
