import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type ControlPlane, startControlPlane } from '../support/cluster/control-plane.ts';
import { needsControlPlane, toolsProblem } from '../support/cluster/lab-needs.ts';
import { leftovers } from '../support/cluster/ownership/leftovers.ts';
import { waitUntil } from '../support/wait-until.ts';

let plane: ControlPlane;
let upSeconds: number;

before(async () => {
  if (toolsProblem() !== null) return;
  const began = performance.now();
  plane = await startControlPlane({ users: [{ name: 'ann', groups: ['painters'] }] });
  upSeconds = (performance.now() - began) / 1_000;
});

after(async () => {
  await plane?.stop();
});

async function asUser(
  user: string,
  ...args: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return plane.kubectl([`--token=${plane.tokenOf(user)}`, ...args]);
}

test('an API server says its version, and knows people by their tokens', async (t) => {
  if (!needsControlPlane(t)) return;
  t.diagnostic(`up after ${upSeconds.toFixed(1)} s`);
  const version = JSON.parse((await plane.kubectl(['version', '-o', 'json'])).stdout);
  assert.match(version.serverVersion.gitVersion, /^v1\.34\.\d+$/);
  assert.match((await asUser('ann', 'auth', 'whoami')).stdout, /painters/);
  assert.throws(() => plane.tokenOf('bob'), /knows no user "bob"/);
});

test('RBAC is on, and the audit log says which rule let a request in', async (t) => {
  if (!needsControlPlane(t)) return;
  const refused = await asUser('ann', 'get', 'configmaps');
  assert.match(refused.stderr, /Forbidden/);
  const given = ['--verb=get,list', '--resource=configmaps'];
  assert.equal((await plane.kubectl(['create', 'role', 'reader', ...given])).code, 0);
  assert.equal(
    (await plane.kubectl(['create', 'rolebinding', 'ann', '--role=reader', '--user=ann'])).code,
    0,
  );
  await waitUntil('ann may read', async () => (await asUser('ann', 'get', 'configmaps')).code === 0);
  await waitUntil('the audit log tells of it', () =>
    readFileSync(plane.auditLogPath, 'utf8').includes('allowed by RoleBinding \\"ann/default\\"'),
  );
});

test('after compaction an old resourceVersion is gone', async (t) => {
  if (!needsControlPlane(t)) return;
  await plane.kubectl(['create', 'configmap', 'kept']);
  await plane.faults.compactAndRestart();
  const watch = '/api/v1/namespaces/default/configmaps?watch=1&resourceVersion=2&timeoutSeconds=5';
  const { stdout } = await plane.kubectl(['get', '--raw', watch]);
  assert.equal(JSON.parse(stdout).object.code, 410);
  assert.equal((await plane.kubectl(['get', 'configmap', 'kept'])).code, 0);
});

test('an API server that was killed is refused, and comes back with what it had and the same tokens', async (t) => {
  if (!needsControlPlane(t)) return;
  await plane.faults.killApiServer();
  assert.match((await plane.kubectl(['get', 'ns', '--request-timeout=5s'])).stderr, /refused/);
  await plane.faults.startApiServer();
  assert.equal((await plane.kubectl(['get', 'configmap', 'kept'])).code, 0);
});

test('a frozen API server does not answer, nor does one whose etcd is frozen; both go on', async (t) => {
  if (!needsControlPlane(t)) return;
  const ask = (): ReturnType<ControlPlane['kubectl']> =>
    plane.kubectl(['create', 'configmap', 'late', '--request-timeout=1s']);
  await plane.faults.freezeApiServer();
  assert.notEqual((await ask()).code, 0);
  await plane.faults.thawApiServer();
  await plane.faults.freezeEtcd();
  assert.notEqual((await ask()).code, 0);
  await plane.faults.thawEtcd();
  await waitUntil(
    'it answers again',
    async () => (await plane.kubectl(['get', 'configmap', 'kept'])).code === 0,
  );
});

test('stop leaves nothing behind', async (t) => {
  if (!needsControlPlane(t)) return;
  const { dir } = plane;
  assert.notDeepEqual(leftovers(dir), []);
  await plane.stop();
  assert.deepEqual(leftovers(dir), []);
});
