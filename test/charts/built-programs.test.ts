// What goes into the images, run as it stands there: bundled, away from the checkout, on a read-only path.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildAgent, buildOperator } from '../../build/program-images.ts';
import { freePort } from '../support/free-port.ts';
import { needsLinux } from '../support/needs.ts';
import { readPdf } from '../support/pdf-text.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { waitUntil } from '../support/wait-until.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'streamswarm-images-'));
const children: ChildProcess[] = [];
let postgres: TestPostgres | undefined;

before(async () => {
  await buildAgent({ root, folder: join(folder, 'agent'), arch: process.arch });
  await buildOperator({ root, folder: join(folder, 'operator'), withoutConsole: true });
  postgres = await startTestPostgres();
});

after(async () => {
  for (const child of children) child.kill('SIGKILL');
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(program: string, args: readonly string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [join(folder, program), ...args], {
    cwd: '/',
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  return { child, output: () => printed };
}

test('the built operator migrates, and the built agent joins it with its packet worker', async (t) => {
  if (!needsLinux(t)) return;
  const port = await freePort();
  const api = `http://127.0.0.1:${port}`;
  const operator = start('operator/bin/streamswarm-operator.js', [
    ...['--database-url', postgres?.url ?? ''],
    ...['--port', String(port)],
  ]);
  await waitUntil('the operator is ready', async () => {
    assert.equal(operator.child.exitCode, null, operator.output());
    return (await fetch(`${api}/readyz`)).ok;
  });
  const agent = start('agent/bin/streamswarm-agent.js', [
    ...['--server', api],
    ...['--state-dir', join(folder, 'state')],
    ...['--name', 'built'],
  ]);
  interface AgentItem {
    readonly name: string;
    readonly version: string;
    readonly capabilities: readonly { readonly name: string; readonly state: string }[];
  }
  let joined: AgentItem | undefined;
  await waitUntil('the agent has joined', async () => {
    assert.equal(agent.child.exitCode, null, agent.output());
    const { items } = (await (await fetch(`${api}/api/v1/agents`)).json()) as { items: AgentItem[] };
    joined = items.find(({ name }) => name === 'built');
    return joined !== undefined;
  });
  const { version } = JSON.parse(readFileSync(join(root, 'agent/package.json'), 'utf8')) as {
    version: string;
  };
  assert.equal(joined?.version, version);
  // Whether ICMP is allowed is this machine's affair; without the worker and its koffi, TCP_INFO is not there.
  const tcp = joined?.capabilities.find(({ name }) => name === 'tcp');
  assert.equal(tcp?.state, 'works', JSON.stringify(joined?.capabilities));

  // The fonts of a report lie beside the bundle and are read the first time that one is made.
  const made = await fetch(`${api}/api/test/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Report', destination: '127.0.0.1' }),
  });
  const { test_id: id } = (await made.json()) as { test_id: number };
  const report = await fetch(`${api}/api/test/${id}/export/pdf`);
  assert.ok(readPdf(new Uint8Array(await report.arrayBuffer())).lines.includes('report'));

  // Prisma with its compiler in WebAssembly, the first time that the cold part of the store is asked.
  const audit = await fetch(`${api}/api/v1/audit`);
  assert.equal(audit.status, 200, operator.output());
  const { items } = (await audit.json()) as { items: { action: string }[] };
  assert.deepEqual(
    items.map(({ action }) => action),
    ['test.create'],
  );
});

test('a stack trace of a bundle names the functions of the source', () => {
  const text = readFileSync(join(folder, 'operator/bin/streamswarm-operator.js'), 'utf8');
  assert.match(text, /function startOperator\(/);
});

test('the packet worker has neither a schema library nor a logger in it', () => {
  const text = readFileSync(join(folder, 'agent/bin/packet-worker.js'), 'utf8');
  assert.doesNotMatch(text, /typebox|pino/i);
});
