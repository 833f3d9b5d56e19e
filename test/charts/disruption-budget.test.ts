import assert from 'node:assert/strict';
import { helmTest, objects } from './helm.ts';

const VALUES = ['crds.enabled=false', 'postgres.evaluation.password=x'];

async function budgets(replicas: number): Promise<unknown[]> {
  const all = await objects([...VALUES, `operator.replicas=${replicas}`]);
  return all.filter(({ kind }) => kind === 'PodDisruptionBudget').map(({ spec }) => spec);
}

helmTest('a single operator never holds up a drain', async () => {
  for (const replicas of [0, 1]) assert.deepEqual(await budgets(replicas), []);
});

helmTest('of several operators a drain evicts one after the other', async () => {
  for (const replicas of [2, 20]) {
    const [budget, ...more] = (await budgets(replicas)) as { maxUnavailable: number; selector: unknown }[];
    assert.deepEqual(more, []);
    assert.equal(budget?.maxUnavailable, 1);
    const operator = (await objects(VALUES)).find(({ kind }) => kind === 'Deployment');
    assert.ok(operator);
    assert.deepEqual(budget.selector, (operator['spec'] as { selector: unknown }).selector);
  }
});
