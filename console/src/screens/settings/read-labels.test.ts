import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLabels } from './read-labels.ts';

test('labels are pairs with commas between', () => {
  assert.deepEqual(readLabels(' site=factory-7 , example.com/zone = b,, '), {
    ok: true,
    labels: { site: 'factory-7', 'example.com/zone': 'b' },
  });
  assert.deepEqual(readLabels(''), { ok: true, labels: {} });
  for (const wrong of ['site', '=b', 'a=b=c', 'a=1, a=2', 'two words=x'])
    assert.equal(readLabels(wrong).ok, false, wrong);
});
