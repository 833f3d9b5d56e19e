import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Cluster, startCluster } from '../support/cluster/cluster.ts';
import {
  type BuiltImage,
  buildBaseImage,
  buildPostgresImage,
  imageProblem,
} from '../support/cluster/images.ts';
import { clusterProblem } from '../support/cluster/lab-needs.ts';
import { needs } from '../support/needs.ts';
import { waitUntil } from '../support/wait-until.ts';

let cluster: Cluster;
const problem = clusterProblem() ?? (await imageProblem());

before(async () => {
  if (problem === null) cluster = await startCluster({ nodes: 1 });
});

after(async () => {
  await cluster?.stop();
});

async function runPod(name: string, image: BuiltImage, container: object): Promise<void> {
  await cluster.importImage(image.tarPath);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default' },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name, image: image.name, imagePullPolicy: 'Never', ...container }],
    },
  };
  const applied = await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(pod) });
  assert.equal(applied.code, 0, applied.stderr);
  await waitUntil(`${name} runs`, async () => {
    const phase = await cluster.kubectl(['get', 'pod', name, '-o', 'jsonpath={.status.phase}']);
    return phase.stdout === 'Running';
  });
}

async function inPod(name: string, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl(['exec', name, '--', ...argv]);
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

test('the base image runs Node 24 and npm in a pod', async (t) => {
  if (!needs(t, problem === null, problem ?? '')) return;
  await runPod('base', await buildBaseImage(), { command: ['sleep', 'infinity'] });
  assert.match(await inPod('base', 'node', '--version'), /^v24\./);
  assert.match(await inPod('base', 'npm', '--version'), /^\d+\.\d+\.\d+$/);
});

test('the Postgres image sets up the database that its variables name, without root', async (t) => {
  if (!needs(t, problem === null, problem ?? '')) return;
  await runPod('postgres', await buildPostgresImage(), {
    env: [
      { name: 'POSTGRES_USER', value: 'someone' },
      { name: 'POSTGRES_DB', value: 'results' },
      { name: 'POSTGRES_PASSWORD', value: 'open-sesame' },
      { name: 'PGDATA', value: '/var/lib/postgresql/data/pgdata' },
    ],
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 999,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
  });
  const { stdout: address } = await cluster.kubectl([
    'get',
    'pod',
    'postgres',
    '-o',
    'jsonpath={.status.podIP}',
  ]);
  const url = `postgresql://someone:open-sesame@${address}/results`;
  const answer = await waitUntil('Postgres answers on the address of its pod', async () => {
    const { code, stdout } = await cluster.kubectl([
      ...['exec', 'postgres', '--', 'psql', url, '-Atc'],
      'select current_user || current_database()',
    ]);
    return code === 0 && stdout.trim();
  });
  assert.equal(answer, 'someoneresults');
  const wrong = await cluster.kubectl([
    'exec',
    'postgres',
    '--',
    'psql',
    url.replace('open', 'shut'),
    '-c',
    'select 1',
  ]);
  assert.match(wrong.stderr, /password authentication failed/);
});
