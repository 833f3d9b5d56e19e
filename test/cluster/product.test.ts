import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Accounting } from '@streamswarm/contract';
import { firstResult } from '../prove/cluster/first-result.ts';
import { lastPacket } from '../prove/cluster/last-packet.ts';
import { manifest } from '../prove/cluster/manifests.ts';
import { nodeChanges } from '../prove/cluster/node-changes.ts';
import { clusterProblem, needsCluster } from '../support/cluster/lab-needs.ts';
import { runProgram } from '../support/cluster/run-program.ts';
import { ensureTools } from '../support/cluster/tools.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { type InstalledProduct, installProduct, NAMESPACE } from '../support/installed-product.ts';
import { waitUntil } from '../support/wait-until.ts';

const PLUGIN = fileURLToPath(new URL('../../cli/src/bin/kubectl-streamswarm.ts', import.meta.url));

let product: InstalledProduct;
/** A host outside the cluster, with a port that accepts. */
let outside: Server;
let outsidePort = 0;

before(async () => {
  if (clusterProblem() !== null) return;
  product = await installProduct({ nodes: 3 });
  outside = createServer((socket) => socket.destroy()).listen(0, product.cluster.hostAddress);
  await once(outside, 'listening');
  const address = outside.address();
  if (address !== null && typeof address === 'object') outsidePort = address.port;
});
after(async () => {
  outside?.close();
  await product?.stop();
});

const objectsOfRuns = async (): Promise<string> =>
  product.kubectl([
    'get',
    'pods,jobs,cronjobs,configmaps,replicasets',
    '-A',
    '-o',
    'name',
    '--sort-by=.metadata.uid',
  ]);

async function booksOf(name: string): Promise<Accounting> {
  return await product.books(`?namespace=default&test=${name}`);
}

/** Every slot of the test has been answered for, and the law holds exactly. */
async function assertBalanced(name: string): Promise<Accounting> {
  const books = await waitUntil(
    `every slot of ${name} is answered for`,
    async () => {
      const now = await booksOf(name);
      return now.pending === 0 && now.scheduled > 0 ? now : null;
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
  const { scheduled, ok, lost, error, denied, dropped } = books;
  assert.equal(books.unaccounted, 0, JSON.stringify(books));
  assert.equal(scheduled, ok + lost + error + denied + dropped);
  return books;
}

test('helm --wait ends when every node has an agent that can measure', async (t) => {
  if (!needsCluster(t)) return;
  t.diagnostic(`helm install --wait: ${product.installSeconds.toFixed(1)} s`);
  const agents = await waitUntil('all agents are shown', async () => {
    const text = await product.kubectl(['get', 'sta', '-o', 'json']);
    const { items } = JSON.parse(text) as {
      items: { metadata: { name: string; ownerReferences?: { kind: string }[] }; spec: { kind: string } }[];
    };
    return items.length === 3 ? items : null;
  });
  assert.deepEqual(
    agents
      .map(({ metadata, spec }) => [metadata.name, spec.kind, metadata.ownerReferences?.[0]?.kind])
      .toSorted(),
    ['node-1', 'node-2', 'node-3'].map((name) => [name, 'Node', 'Node']),
  );
  const pods = JSON.parse(
    await product.kubectl([
      'get',
      'pods',
      '-n',
      NAMESPACE,
      '-l',
      'app.kubernetes.io/component=agent',
      '-o',
      'json',
    ]),
  ) as { items: { spec: { hostNetwork?: boolean }; status: { podIP: string; hostIP: string } }[] };
  assert.equal(pods.items.length, 3);
  for (const { spec, status } of pods.items) {
    assert.equal(spec.hostNetwork, true);
    assert.equal(status.podIP, status.hostIP);
  }
});

test('one apply: mesh, Service and outside host are measured from every node, and nothing but that is made', async (t) => {
  if (!needsCluster(t)) return;
  const before = await objectsOfRuns();
  const text = manifest('mesh', {
    destinations: [
      { name: 'peers', agents: {} },
      { name: 'api', service: { name: 'kubernetes', namespace: 'default', port: 'https' } },
      { name: 'outside', host: product.cluster.hostAddress },
    ],
    probes: [
      { icmp: { count: 1 } },
      { tcp: { port: outsidePort }, destinations: ['outside'] },
      { name: 'svc', tcp: {}, destinations: ['api'] },
      { host: {} },
    ],
    interval: '1s',
    duration: '10s',
    sources: { nodeSelector: { matchLabels: { 'kubernetes.io/os': 'linux' } } },
  });
  assert.match(await product.kubectl(['apply', '-f', '-'], text), /created/);
  assert.match(await product.kubectl(['apply', '-f', '-'], text), /unchanged/);
  await product.kubectl(['wait', 'stt/mesh', '--for=condition=Ready', '--timeout=30s']);
  await product.kubectl(['wait', 'stt/mesh', '--for=jsonpath={.status.state}=Complete', '--timeout=60s']);
  await product.kubectl(['wait', 'stt/mesh', '--for=condition=Complete', '--timeout=10s']);
  const books = await assertBalanced('mesh');
  // 3 x 2 of the mesh, 3 of icmp outside, 3 of tcp outside, 3 of the Service, 3 of host: 18 streams, 10 or 11 slots each.
  assert.ok(books.scheduled >= 18 * 10 && books.scheduled <= 18 * 11, `${books.scheduled}`);
  assert.equal(books.ok, books.scheduled, JSON.stringify(books.reasons));
  assert.equal(await objectsOfRuns(), before, 'a run makes no pod, Job or ConfigMap');
  const described = await product.kubectl(['describe', 'stt', 'mesh']);
  for (const reason of ['RunStarted', 'RunFinished']) assert.match(described, new RegExp(reason));
  t.diagnostic(await product.kubectl(['get', 'stt', '-A', '-o', 'wide']));
});

test('the first result is soon in status and console', async (t) => {
  if (!needsCluster(t)) return;
  const figures = await firstResult(product, 5);
  t.diagnostic(JSON.stringify(figures));
  assert.ok(figures.statusSecondsP95 > 0);
});

test('a deleted test falls silent by the packet counters of the nodes', async (t) => {
  if (!needsCluster(t)) return;
  const figures = await lastPacket(product, 1);
  t.diagnostic(JSON.stringify(figures));
  assert.ok(figures.worstSeconds < 4.5, 'it was still sending when the watch ended');
});

test('cordon, drain, delete and add a node, roll the agents: one test runs through it and its books balance', async (t) => {
  if (!needsCluster(t)) return;
  const figures = await nodeChanges(product);
  t.diagnostic(JSON.stringify(figures));
  assert.equal(figures.unaccounted, 0);
  assert.ok(figures.scheduled > 0);
});

test('a host outside the cluster joins with one command and serves the same StreamTest as the nodes', async (t) => {
  if (!needsCluster(t)) return;
  const nodeAddress = await product.kubectl([
    'get',
    'nodes',
    '-o',
    'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}',
  ]);
  const hosts = ['--set', `hosts.url=https://${nodeAddress}:30443`, '--set', 'hosts.service.nodePort=30443'];
  await product.helm([...product.upgradeWords, ...hosts]);
  await product.forwardAgain();
  const made = await runCommand(['join-token', 'create', '--name', 'factory', '--label', 'site=hamburg'], {
    env: { STREAMSWARM_SERVER: product.api() },
  });
  assert.equal(made.code, 0, made.err);
  const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm-factory-'));
  const agent = startCommand(made.out.trim().split(' ').slice(1), { STREAMSWARM_STATE_DIR: stateDir });
  try {
    const isThere = waitUntil('it is a StreamAgent beside the nodes', async () => {
      const text = await product.kubectl(['get', 'sta', '-o', 'json']);
      const { items } = JSON.parse(text) as {
        items: { metadata: { name: string }; spec: { kind: string } }[];
      };
      return items.some(({ metadata, spec }) => metadata.name === 'factory' && spec.kind === 'Host');
    });
    const endedBefore = agent.ended.then(({ code, out, err }) => {
      throw new Error(`the agent ended with ${code}: ${out}${err}`);
    });
    await Promise.race([isThere, endedBefore]);
    const text = manifest('everywhere', {
      destinations: [{ name: 'outside', host: product.cluster.hostAddress }],
      probes: [{ tcp: { port: outsidePort } }],
      interval: '1s',
      duration: '6s',
    });
    await product.kubectl(['apply', '-f', '-'], text);
    await product.kubectl(['wait', 'stt/everywhere', '--for=condition=Complete', '--timeout=60s']);
    const books = await assertBalanced('everywhere');
    assert.equal(books.ok, books.scheduled, JSON.stringify(books.reasons));
    const nodes = (await product.kubectl(['get', 'nodes', '-o', 'jsonpath={.items[*].metadata.name}'])).split(
      ' ',
    );
    assert.deepEqual(books.agents.map((line) => line.agent).toSorted(), ['factory', ...nodes].toSorted());
    const { kubectl } = await ensureTools(['kubectl']);
    const plugin = await runProgram(process.execPath, [PLUGIN, 'results', 'everywhere'], {
      env: {
        ...process.env,
        KUBECONFIG: product.cluster.kubeconfigPath,
        PATH: `${dirname(kubectl)}:${process.env['PATH']}`,
      },
    });
    assert.match(plugin.stdout, /^factory +outside +\d+ +0\.000\s%/m, plugin.stderr);
    const revoked = await fetch(`${product.api()}/api/v1/agents/factory/revoke`, { method: 'POST' });
    assert.equal(revoked.status, 204);
    assert.equal((await agent.ended).code, 77, 'a revoked agent ends by itself');
  } finally {
    agent.process.kill('SIGTERM');
    await agent.ended;
    rmSync(stateDir, { recursive: true, force: true });
  }
});

test('the profile pod measures in a namespace that enforces restricted, from the pod network', async (t) => {
  if (!needsCluster(t)) return;
  await product.kubectl([
    'label',
    'namespace',
    NAMESPACE,
    'pod-security.kubernetes.io/enforce=restricted',
    '--overwrite',
  ]);
  await product.helm([...product.upgradeWords, '--set', 'agent.profile=pod']);
  await product.forwardAgain();
  const text = manifest('pods', {
    destinations: [
      { name: 'peers', agents: {} },
      { name: 'outside', host: product.cluster.hostAddress },
    ],
    probes: [{ icmp: { count: 2 } }, { tcp: { port: outsidePort }, destinations: ['outside'] }],
    interval: '1s',
    duration: '5s',
  });
  await product.kubectl(['apply', '-f', '-'], text);
  await product.kubectl(['wait', 'stt/pods', '--for=condition=Complete', '--timeout=60s']);
  const books = await assertBalanced('pods');
  assert.equal(books.ok, books.scheduled, JSON.stringify(books.reasons));
});
