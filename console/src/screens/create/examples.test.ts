import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest } from '@streamswarm/contract/kinds/check';
import { probePairs } from '@streamswarm/contract/kinds/effective';
import { needsCluster } from '@streamswarm/contract/kinds/needs-cluster';
import { parse } from 'yaml';
import { examplesFor, isExample } from './examples.ts';

test('every example is right where it is offered, before a word is changed', () => {
  for (const kubernetes of [true, false]) {
    const examples = examplesFor(kubernetes);
    assert.ok(examples.length >= 3);
    for (const { title, yaml } of examples) {
      const checked = checkStreamTest(parse(yaml));
      assert.deepEqual(checked.ok ? [] : checked.problems, [], title);
      if (!checked.ok) continue;
      const { spec } = checked.test;
      if (!kubernetes) assert.deepEqual(needsCluster(spec), [], title);
      for (const destination of spec.destinations) {
        const measured = probePairs(spec).filter(
          (pair) => pair.destination?.name === destination.name && pair.applicability.applies,
        );
        assert.ok(measured.length > 0, `${title}: something measures ${destination.name}`);
      }
      assert.ok(isExample(yaml));
      assert.ok(!isExample(`${yaml}\n# mine`));
    }
  }
});
