// The operator's PodDisruptionBudget before a real API server and its disruption controller. There are no nodes: pods
// are what their status says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ControlPlane, startControlPlane } from '../support/cluster/control-plane.ts';
import { needsControlPlane } from '../support/cluster/lab-needs.ts';
import { waitUntil } from '../support/wait-until.ts';
import { NAMESPACE, objects } from './helm.ts';

const VALUES = ['crds.enabled=false', 'postgres.evaluation.password=x', 'operator.replicas=2'];
let plane: ControlPlane;

async function kubectl(words: readonly string[], input?: string): Promise<string> {
  const all = [...words, '--namespace', NAMESPACE];
  const { code, stdout, stderr } = await plane.kubectl(all, input === undefined ? {} : { input });
  assert.equal(code, 0, stderr);
  return stdout;
}

async function operators(): Promise<string[]> {
  const path = 'jsonpath={.items[*].metadata.name}';
  const names = await kubectl(['get', 'pods', '--output', path]);
  return names.split(' ').filter((name) => name !== '');
}

async function setReady(pod: string, isReady: boolean): Promise<void> {
  const conditions = [{ type: 'Ready', status: isReady ? 'True' : 'False' }];
  const patch = JSON.stringify({ status: { phase: 'Running', conditions } });
  await kubectl(['patch', 'pod', pod, '--subresource=status', '--patch', patch]);
}

/** As a drain asks; what the API server said where it refused. */
async function evict(pod: string): Promise<string | null> {
  const eviction = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: pod, namespace: NAMESPACE },
  };
  const path = `/api/v1/namespaces/${NAMESPACE}/pods/${pod}/eviction`;
  const { code, stderr } = await plane.kubectl(['create', '--raw', path, '--filename', '-'], {
    input: JSON.stringify(eviction),
  });
  return code === 0 ? null : stderr;
}

const budgetAllows = (count: number): Promise<string> =>
  kubectl([
    ...['wait', 'pdb/streamswarm-operator', '--timeout=30s'],
    `--for=jsonpath={.status.disruptionsAllowed}=${count}`,
  ]);

test('of two operators a drain gets one, the other only once that one is replaced', async (t) => {
  if (!needsControlPlane(t)) return;
  plane = await startControlPlane({ controllerManager: true });
  t.after(() => plane.stop());
  await plane.kubectl(['create', 'namespace', NAMESPACE]);
  const wanted = (await objects(VALUES)).filter(
    ({ kind, metadata }) =>
      metadata.name === 'streamswarm-operator' && /^(ServiceAccount|Deployment|Pod.*)$/.test(kind),
  );
  for (const object of wanted) await kubectl(['create', '--filename', '-'], JSON.stringify(object));
  await waitUntil('two operators', async () => (await operators()).length === 2);
  const [first = '', second = ''] = await operators();
  await Promise.all([setReady(first, true), setReady(second, true)]);
  await budgetAllows(1);

  assert.equal(await evict(first), null);
  assert.match((await evict(second)) ?? '', /violate the pod's disruption budget/);
  await waitUntil(
    'another operator',
    async () => (await operators()).filter((name) => name !== first).length === 2,
  );
  const [third = ''] = (await operators()).filter((name) => name !== first && name !== second);

  // One that runs and serves nobody may go, whatever the budget says.
  await setReady(third, false);
  assert.match((await evict(second)) ?? '', /violate/);
  assert.equal(await evict(third), null);
  await waitUntil('one more', async () => (await operators()).filter((name) => name !== third).length === 2);
  const [fourth = ''] = (await operators()).filter((name) => name !== second && name !== third);
  await setReady(fourth, true);
  await budgetAllows(1);
  assert.equal(await evict(second), null);
});
