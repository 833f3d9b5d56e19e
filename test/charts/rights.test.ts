import assert from 'node:assert/strict';
import { helmTest, objects } from './helm.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const VALUES = ['crds.enabled=false', 'postgres.evaluation.password=x'];

async function allRules(): Promise<Rule[]> {
  const roles = (await objects(VALUES)).filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
  return roles.flatMap((role) => role['rules'] as Rule[]);
}

helmTest('no rule says "everything"', async () => {
  for (const rule of await allRules()) {
    for (const words of [rule.apiGroups, rule.resources, rule.verbs]) {
      assert.ok(!words.includes('*'), JSON.stringify(rule));
    }
  }
});

helmTest('nobody may read secrets, act as others, run something in a pod, or give rights', async () => {
  const never =
    /^(secrets|serviceaccounts|users|groups|roles|clusterroles|rolebindings|.*\/exec|.*\/token|jobs)$/;
  for (const rule of await allRules()) {
    assert.deepEqual(
      rule.resources.filter((resource) => never.test(resource)),
      [],
    );
    assert.deepEqual(
      rule.verbs.filter((verb) => /^(impersonate|bind|escalate|deletecollection)$/.test(verb)),
      [],
    );
  }
});

helmTest('a run can make no pod, Job or ConfigMap of its own', async () => {
  const writes = (await allRules()).filter(({ verbs }) =>
    verbs.some((verb) => /^(create|patch|update|delete)$/.test(verb)),
  );
  const core = writes.filter(({ apiGroups }) => !apiGroups.includes('streamswarm.dev'));
  assert.deepEqual(
    core.map(({ resources, resourceNames }) => [resources, resourceNames ?? null]),
    [
      [['events'], null],
      [['tokenreviews'], null],
      [['configmaps'], null],
      [['configmaps'], ['streamswarm-ca']],
    ],
  );
});

helmTest('agents have no rights at all', async () => {
  const subjects = (await objects(VALUES))
    .filter(({ kind }) => kind.endsWith('RoleBinding'))
    .flatMap((binding) => binding['subjects'] as { name: string }[]);
  assert.deepEqual([...new Set(subjects.map(({ name }) => name))], ['streamswarm-operator']);
});
