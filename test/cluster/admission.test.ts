import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CONDITION_TYPES,
  checkStreamTest,
  DEFAULT_PROBES,
  type StreamTestStatus,
  StreamTestStatus as StreamTestStatusSchema,
  schemaProblems,
} from '@streamswarm/contract';
import { parse } from 'yaml';
import { type ControlPlane, startControlPlane } from '../support/cluster/control-plane.ts';
import { needsControlPlane } from '../support/cluster/lab-needs.ts';
import { waitUntil } from '../support/wait-until.ts';
import { undescribed } from './manifests/described.ts';
import { dryRunner } from './manifests/dry-run.ts';
import { oddManifests } from './manifests/odd-manifests.ts';
import { randomManifests } from './manifests/random-manifests.ts';
import { pathAndAbove, readManifests } from './manifests/read-manifests.ts';

// A real API server, without nodes: what it says to the CRDs and to manifests, against what checkStreamTest says.

const ROOT = join(import.meta.dirname, '../..');
const MANIFESTS = join(import.meta.dirname, 'manifests');
const SEED = 20_261_201;

let plane: ControlPlane;

const steps: { what: string; run: () => Promise<void> }[] = [];
const step = (what: string, run: () => Promise<void>) => steps.push({ what, run });

test('admission by a real API server', async (t) => {
  if (!needsControlPlane(t)) return;
  plane = await startControlPlane();
  t.after(() => plane.stop());
  for (const { what, run } of steps) await t.test(what, run);
});

/** What kubectl printed; a failure fails the test in kubectl's own words. */
async function kubectl(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await plane.kubectl(args);
  assert.equal(code, 0, `kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

async function getJson<T>(...args: string[]): Promise<T> {
  return JSON.parse(await kubectl('get', ...args, '-o', 'json')) as T;
}

const judge = async (manifest: unknown) => {
  const runner = dryRunner({ url: plane.url, caFile: plane.caFile, token: plane.adminToken });
  try {
    return await runner.judge(manifest);
  } finally {
    runner.close();
  }
};

step('kubectl apply takes crds/, also recursively, and their rules within the budget of costs', async () => {
  const first = await kubectl('apply', '-f', join(ROOT, 'crds'));
  assert.match(first, /streamagents\.streamswarm\.dev created/);
  assert.match(first, /streamtests\.streamswarm\.dev created/);
  const again = await kubectl('apply', '-R', '-f', join(ROOT, 'crds'));
  assert.equal(again.match(/ unchanged$/gm)?.length, 2, again);
  await kubectl('wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all');
  await kubectl('create', 'namespace', 'manifests');
  await waitUntil('StreamTests are served', async () => {
    return (await plane.kubectl(['get', 'stt', '-n', 'manifests'])).code === 0;
  });
});

for (const { name, file, manifest, refusal } of readManifests()) {
  step(`the API server ${refusal === null ? 'takes' : 'refuses'} ${name}, as check() does`, async () => {
    const { code, stdout, stderr } = await plane.kubectl(['apply', '--dry-run=server', '-f', file]);
    const checked = checkStreamTest(manifest);
    assert.equal(
      code === 0,
      checked.ok,
      `API server: ${stdout}${stderr} check(): ${JSON.stringify(checked)}`,
    );
    assert.equal(code === 0, refusal === null, `${stdout}${stderr}`);
    if (refusal === null) return;
    const [, ...above] = pathAndAbove(refusal.path).reverse();
    assert.ok(
      above.some((path) => stderr.includes(path)),
      `${stderr} names ${refusal.path}`,
    );
    assert.ok(stderr.includes(refusal.server), `${stderr} says: ${refusal.server}`);
  });
}

step('odd values: one verdict, wherever it is asked for', async () => {
  const runner = dryRunner({ url: plane.url, caFile: plane.caFile, token: plane.adminToken });
  const differing: string[] = [];
  for (const { what, manifest } of oddManifests()) {
    const { accepted, message } = await runner.judge(manifest);
    const checked = checkStreamTest(manifest);
    if (accepted !== checked.ok) differing.push(`${what}: ${message} ${JSON.stringify(checked)}`);
  }
  runner.close();
  assert.deepEqual(differing, []);
});

step(`rules between fields: one verdict on 400 random tests (seed ${SEED})`, async () => {
  const runner = dryRunner({ url: plane.url, caFile: plane.caFile, token: plane.adminToken });
  const differing: string[] = [];
  for (const manifest of randomManifests(400, SEED)) {
    const { accepted, message } = await runner.judge(manifest);
    const checked = checkStreamTest(manifest);
    if (accepted !== checked.ok)
      differing.push(`${JSON.stringify(manifest)}: ${message} ${JSON.stringify(checked)}`);
  }
  runner.close();
  assert.deepEqual(differing, []);
});

step('kubectl explain is a manual: no field without words, with default, range and rule', async () => {
  for (const kind of ['streamtests', 'streamagents']) {
    const crd = await getJson<Parameters<typeof undescribed>[0]>('crd', `${kind}.streamswarm.dev`);
    assert.deepEqual(undescribed(crd), []);
  }
  assert.match(await kubectl('explain', 'streamtest.spec', '--recursive'), /startingDeadline/);
  const words = async (field: string) =>
    (await kubectl('explain', `streamtest.spec.${field}`)).replaceAll(/\s+/g, ' ');
  assert.match(await words('interval'), /between 1s and 24h.* Default: 5s\./);
  assert.match(
    await words('probes'),
    /1 to 24 entries\. Default: \[\{icmp: \{\}\}, \{dns: \{\}\}, \{tcp: \{\}\}, \{trace: \{\}\}, \{host: \{\}\}\]/,
  );
  assert.match(await words('probes.icmp.count'), /From 1 to 100\./);
  assert.match(await words('duration'), /at least one interval.* schedule\.cron needs a duration/);
  assert.match(await words('schedule.concurrencyPolicy'), /One of Forbid, Replace\./);
  assert.match(await words('destinations'), /each destination needs a name of its own/i);
});

interface Stored {
  readonly metadata: { readonly generation: number };
  readonly spec: Record<string, unknown>;
  readonly status?: StreamTestStatus;
}
const stored = (name: string) => getJson<Stored>('stt', name, '-n', 'manifests');

step('what is not said has its default, and the status begins as "nobody has seen it yet"', async () => {
  const file = join(MANIFESTS, 'g01-minimal.yaml');
  assert.match(await kubectl('apply', '-f', file), /created/);
  const { metadata, spec, status } = await stored('g01-minimal');
  assert.equal(metadata.generation, 1);
  assert.deepEqual(spec, {
    destinations: [{ name: 'a', host: 'edge.example.net' }],
    interval: '5s',
    probes: DEFAULT_PROBES,
    suspend: false,
  });
  assert.deepEqual(status, {
    state: 'Pending',
    conditions: [
      {
        type: 'Ready',
        status: 'Unknown',
        reason: 'Pending',
        message: 'waiting for the StreamSwarm operator',
        lastTransitionTime: '1970-01-01T00:00:00Z',
      },
    ],
  });
});

step('apply twice says unchanged, from the client and from the server', async () => {
  for (const name of ['g01-minimal', 'g02-full', 'g07-cron-with-zone']) {
    const file = join(MANIFESTS, `${name}.yaml`);
    await kubectl('apply', '-f', file);
    const { metadata } = await stored(name);
    assert.match(await kubectl('apply', '-f', file), /unchanged/);
    await kubectl('apply', '--server-side', '--force-conflicts', '-f', file);
    const before = await getJson<{ metadata: { resourceVersion: string } }>('stt', name, '-n', 'manifests');
    await kubectl('apply', '--server-side', '-f', file);
    const after = await getJson<{ metadata: { resourceVersion: string } }>('stt', name, '-n', 'manifests');
    assert.equal(
      after.metadata.resourceVersion,
      before.metadata.resourceVersion,
      `${name} was written again`,
    );
    assert.equal((await stored(name)).metadata.generation, metadata.generation);
  }
});

step(
  'check() takes what kubectl get -o yaml gives, and gives back what a person would have written',
  async () => {
    await kubectl('apply', '-f', join(MANIFESTS, 'g10-ttl-and-annotations.yaml'));
    const text = await kubectl(
      'get',
      'stt',
      'g10-ttl-and-annotations',
      '-n',
      'manifests',
      '-o',
      'yaml',
      '--show-managed-fields',
    );
    assert.match(text, /last-applied-configuration/);
    assert.match(text, /managedFields/);
    const checked = checkStreamTest(parse(text));
    assert.ok(checked.ok, JSON.stringify(checked));
    assert.deepEqual(checked.test.metadata, {
      name: 'g10-ttl-and-annotations',
      namespace: 'manifests',
      labels: { team: 'payments', 'app.kubernetes.io/part-of': 'shop' },
      annotations: {
        'streamswarm.dev/run-now': '2026-12-01T09:00:00Z',
        'streamswarm.dev/stop-now': 'third time',
      },
    });
    assert.deepEqual(Object.keys(checked.test).sort(), ['apiVersion', 'kind', 'metadata', 'spec']);
  },
);

const STATUS: StreamTestStatus = {
  state: 'Complete',
  observedGeneration: 1,
  lastHandledRunNow: '2026-12-01T09:00:00Z',
  lastHandledStopNow: 'third time',
  conditions: CONDITION_TYPES.map((type) => ({
    type,
    status: 'True',
    observedGeneration: 1,
    reason: 'Planned',
    message: '3 agents, 12 streams',
    lastTransitionTime: '2026-12-01T09:00:00Z',
  })),
  nextRunTime: '2026-12-02T09:00:00Z',
  lastResultTime: '2026-12-01T09:05:00Z',
  run: {
    id: 'b2f0',
    number: 1,
    startTime: '2026-12-01T09:00:00Z',
    endTime: '2026-12-01T09:05:00Z',
    reason: 'Schedule',
    progressPercent: 100,
    result: 'Complete',
  },
  agents: { assigned: 3, reporting: 3, worst: [{ name: 'worker-1', loss: '12.5%', p95: '81.2ms' }] },
  samples: { scheduled: 9, ok: 3, lost: 1, error: 1, denied: 1, dropped: 1, pending: 2, unaccounted: 0 },
  summary: { progress: '5m/5m', agents: '3/3', loss: '0.1%', p95: '12.3ms' },
};

step('the whole status can be written; columns, selection and waiting read it', async () => {
  assert.deepEqual(schemaProblems(StreamTestStatusSchema, STATUS), []);
  const patch = JSON.stringify({ status: STATUS });
  await kubectl(
    'patch',
    'stt',
    'g02-full',
    '-n',
    'manifests',
    '--subresource=status',
    '--type=merge',
    '-p',
    patch,
  );
  assert.deepEqual((await stored('g02-full')).status, STATUS);

  const columns = (text: string) => text.split('\n').map((line) => line.trim().split(/\s{2,}/));
  const [head, ...rows] = columns(await kubectl('get', 'streamtests', '-n', 'manifests', '-o', 'wide'));
  assert.deepEqual(head, 'NAME STATE INTERVAL PROGRESS AGENTS LOSS P95 LAST AGE REASON NEXT'.split(' '));
  const full = rows.find(([name]) => name === 'g02-full') ?? [];
  assert.deepEqual(full.slice(0, 7), ['g02-full', 'Complete', '5s', '5m/5m', '3/3', '0.1%', '12.3ms']);
  assert.deepEqual(full.slice(9), ['Planned', '2026-12-02T09:00:00Z']);

  const selected = (selector: string) =>
    kubectl('get', 'stt', '-n', 'manifests', '--field-selector', selector, '-o', 'name');
  assert.equal(await selected('status.state=Complete'), 'streamtest.streamswarm.dev/g02-full\n');
  assert.match(await selected('spec.suspend=false'), /g01-minimal/);
  assert.match(await kubectl('get', 'streamswarm', '-n', 'manifests', '-o', 'name'), /g02-full/);
  await kubectl(
    'wait',
    '-n',
    'manifests',
    '--for=jsonpath={.status.state}=Complete',
    '--timeout=10s',
    'stt/g02-full',
  );
});

step('agents: what the operator writes is taken, what cannot be is refused', async () => {
  const agent = (name: string, spec: object) => ({
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamAgent',
    metadata: { name },
    spec,
  });
  const apply = (object: object) => plane.kubectl(['apply', '-f', '-'], { input: JSON.stringify(object) });
  assert.equal((await apply(agent('worker-1', { kind: 'Node', nodeName: 'worker-1' }))).code, 0);
  assert.equal((await apply(agent('factory', { kind: 'Host' }))).code, 0);
  assert.match(
    (await apply(agent('nowhere', { kind: 'Node' }))).stderr,
    /spec\.nodeName: .*is set for kind Node and only there/,
  );
  assert.match(
    (await apply(agent('factory', { kind: 'Node', nodeName: 'worker-1' }))).stderr,
    /spec\.kind: .*cannot change: an agent elsewhere is another agent/,
  );
  const status = {
    version: '0.1.0',
    tests: 2,
    addresses: ['198.18.0.9'],
    conditions: [
      {
        type: 'Online',
        status: 'True',
        reason: 'Connected',
        message: '',
        lastTransitionTime: '2026-12-01T09:00:00Z',
      },
    ],
  };
  await kubectl(
    'patch',
    'sta',
    'worker-1',
    '--subresource=status',
    '--type=merge',
    '-p',
    JSON.stringify({ status }),
  );
  const [head = '', row = ''] = (
    await kubectl('get', 'sta', '--field-selector', 'spec.nodeName=worker-1')
  ).split('\n');
  assert.deepEqual(head.trim().split(/\s+/), 'NAME KIND NODE VERSION ONLINE TESTS LAST AGE'.split(' '));
  assert.deepEqual(row.trim().split(/\s+/).slice(0, 6), [
    'worker-1',
    'Node',
    'worker-1',
    '0.1.0',
    'True',
    '2',
  ]);
});

step('a refusal has the field, the word and what to do: no expression of CEL is shown', async () => {
  for (const { name, manifest, refusal } of readManifests()) {
    if (refusal === null) continue;
    const { message } = await judge(manifest);
    assert.doesNotMatch(message, /self\.|failed rule|no such|matches\(/, name);
  }
});
