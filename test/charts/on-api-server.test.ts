// The chart against a real API server: what Pod Security says to its pods, and what an upgrade and an uninstallation
// leave. Nothing runs: there are no nodes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ControlPlane, startControlPlane } from '../support/cluster/control-plane.ts';
import { needsControlPlane } from '../support/cluster/lab-needs.ts';
import { CHART, helm, objects, type Rendered } from './helm.ts';

const RESTRICTED = 'streamswarm';
const STEADY = 'postgres.evaluation.password=x';
const OUTSIDE = [
  'operator.replicas=2',
  'postgres.evaluation.enabled=false',
  'database.existingSecret.name=db',
  'networkPolicy.agentAddresses={198.18.1.0/24,2001:db8::/64}',
  'networkPolicy.apiServer.addresses={198.18.0.1/32}',
  'networkPolicy.database.addresses={198.18.7.0/24}',
];
let plane: ControlPlane;

async function kubectl(words: readonly string[], input?: string): Promise<string> {
  const { code, stdout, stderr } = await plane.kubectl(words, input === undefined ? {} : { input });
  assert.equal(code, 0, stderr);
  return stdout;
}

/** What the API server says to the pod of a workload; null where it takes it. */
async function refusalOf(workload: Rendered): Promise<string | null> {
  // Deployment, DaemonSet and StatefulSet hold their pod here.
  const { spec } = (workload['spec'] as { template: { spec: unknown } }).template;
  const name = workload.metadata.name;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: RESTRICTED }, spec };
  const { code, stderr } = await plane.kubectl(['create', '--dry-run=server', '-f', '-'], {
    input: JSON.stringify(pod),
  });
  return code === 0 ? null : stderr;
}

async function workloads(...values: readonly string[]): Promise<Rendered[]> {
  const all = await objects(['crds.enabled=false', STEADY, ...values]);
  return all.filter(({ kind }) => /^(Deployment|DaemonSet|StatefulSet)$/.test(kind));
}

test('on a real API server', async (t) => {
  if (!needsControlPlane(t)) return;
  plane = await startControlPlane();
  t.after(() => plane.stop());
  await kubectl(['create', 'namespace', RESTRICTED]);
  const level = 'pod-security.kubernetes.io/enforce=restricted';
  await kubectl(['label', 'namespace', RESTRICTED, level]);
  // The admission of pods waits for the accounts that their pods name.
  for (const account of ['default', 'streamswarm-operator', 'streamswarm-agent']) {
    await kubectl(['create', 'serviceaccount', account, '--namespace', RESTRICTED]);
  }

  await t.test('with the profile pod, everything is admitted under restricted', async () => {
    const all = await workloads('agent.profile=pod');
    assert.equal(all.length, 3);
    for (const workload of all) assert.equal(await refusalOf(workload), null, workload.metadata.name);
  });

  await t.test(
    'with the profile host, the agent is refused under restricted for exactly what the documents name',
    async () => {
      const refusals = new Map<string, string | null>();
      for (const workload of await workloads())
        refusals.set(workload.metadata.name, await refusalOf(workload));
      const agent = refusals.get('streamswarm-agent') ?? '';
      refusals.delete('streamswarm-agent');
      assert.deepEqual([...refusals.values()], [null, null]);
      const reasons = [...agent.matchAll(/(?:: |, )([a-zA-Z0-9 !=]+) \(/g)].map(([, reason]) => reason);
      assert.deepEqual(reasons, [
        'host namespaces',
        'unrestricted capabilities',
        'restricted volume types',
        'runAsNonRoot != true',
        'runAsUser=0',
      ]);
      for (const [, capabilities] of agent.matchAll(/must not include "([^"]*)"/g)) {
        assert.equal(capabilities, 'NET_RAW');
      }
    },
  );

  await t.test('the API server takes policies and budget, of every shape that values give them', async () => {
    for (const values of [[], ['agent.profile=pod'], OUTSIDE]) {
      const all = await objects(['crds.enabled=false', STEADY, 'networkPolicy.enabled=true', ...values]);
      const policies = all.filter(({ kind }) => /^(NetworkPolicy|PodDisruptionBudget)$/.test(kind));
      assert.ok(policies.length >= 2);
      const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: policies });
      // Strict: a field that it does not know would be a rule that does nothing.
      await kubectl(['create', '--dry-run=server', '--validate=strict', '--filename', '-'], list);
    }
  });

  await t.test('an upgrade keeps the password, and an uninstallation leaves CRDs and tests', async () => {
    const namespace = ['--namespace', 'released'];
    const run = async (words: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await helm([...words, ...namespace], plane.kubeconfigPath);
      assert.equal(code, 0, stderr);
      return stdout;
    };
    const password = (): Promise<string> =>
      kubectl([
        'get',
        'secret',
        'streamswarm-postgres',
        ...namespace,
        '--output',
        'jsonpath={.data.password}',
      ]);
    const notes = await run(['install', 'streamswarm', CHART, '--create-namespace']);
    assert.match(
      notes,
      /kubectl port-forward --namespace released deployment\/streamswarm-operator 5000:5000/,
    );
    assert.match(notes, /WARNING: results go to the evaluation Postgres/);
    const first = await password();
    assert.ok(Buffer.from(first, 'base64').length >= 32);
    await run(['upgrade', 'streamswarm', CHART, '--set', 'operator.replicas=2']);
    assert.equal(await password(), first);

    // The very first test that the notes tell people to apply.
    const [, manifest = ''] = notes.split(/<<EOF\n|\n {2}EOF/);
    await kubectl(['apply', '--filename', '-'], manifest.replaceAll(/^ {2}/gm, ''));
    await run(['uninstall', 'streamswarm']);
    assert.match(await kubectl(['get', 'streamtest', 'first', '--output', 'name']), /streamtest.*\/first/);
    assert.equal(await kubectl(['get', 'all,secrets', ...namespace, '--output', 'name']), '');
  });
});
