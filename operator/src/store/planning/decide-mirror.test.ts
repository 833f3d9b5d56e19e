import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterMirror, decideMirror } from './decide-mirror.ts';
import type { Wish } from './plan-outcome.ts';
import type { PlanState, TestRow } from './plan-state.ts';

const spec = { destinations: [{ name: 'a', host: 'a.example' }] };
const row = (over: Partial<TestRow> = {}): TestRow => ({
  uid: 'u',
  namespace: 'n',
  name: 't',
  generation: 2,
  resourceVersion: '10',
  spec,
  labels: {},
  annotations: {},
  handledRunNow: 'x',
  handledStopNow: null,
  wasSuspended: true,
  cursor: null,
  standing: { streams: 0, problems: [] },
  createdMs: 1,
  deleted: false,
  ...over,
});
const wish = (over: Partial<Extract<Wish, { kind: 'present' }>> = {}): Wish => ({
  kind: 'present',
  uid: 'u',
  namespace: 'n',
  name: 't',
  generation: 2,
  resourceVersion: '11',
  spec,
  labels: {},
  annotations: {},
  createdMs: 1,
  ...over,
});
const decide = (test: TestRow | null, wanted: Wish | undefined, rival: PlanState['rival'] = null) =>
  decideMirror({ nowMs: 0, epoch: 1, agentsVersion: 1, runs: [], open: [], test, rival }, wanted);

test('what of a wish is stored', () => {
  const other = { destinations: [{ name: 'b', host: 'b.example' }] };
  const table: [what: string, step: ReturnType<typeof decide>, kind: string, change?: string][] = [
    ['no wish', decide(row(), undefined), 'keep'],
    ['new', decide(null, wish()), 'store', 'new'],
    ['a newer version of the same', decide(row(), wish()), 'version'],
    ['the same again', decide(row(), wish({ resourceVersion: '10' })), 'keep'],
    ['an older one', decide(row(), wish({ resourceVersion: '9', generation: 1, spec: other })), 'keep'],
    ['another spec', decide(row(), wish({ generation: 3, spec: other })), 'store', 'spec'],
    ['a label', decide(row(), wish({ labels: { a: 'b' } })), 'store', 'other'],
    ['an annotation', decide(row(), wish({ annotations: { a: 'b' } })), 'store', 'other'],
    ['gone', decide(row(), { kind: 'gone' }), 'delete'],
    ['gone before', decide(row({ deleted: true }), { kind: 'gone' }), 'keep'],
    ['gone, never seen', decide(null, { kind: 'gone' }), 'keep'],
    ['back', decide(row({ deleted: true }), wish({ resourceVersion: '10' })), 'store', 'revived'],
    [
      'an old copy of what is deleted',
      decide(row({ deleted: true }), wish({ resourceVersion: '9' })),
      'keep',
    ],
    ['a new one of the same name', decide(null, wish(), { uid: 'v', resourceVersion: '5' }), 'store', 'new'],
    ['an old one of the same name', decide(null, wish(), { uid: 'v', resourceVersion: '12' }), 'keep'],
  ];
  for (const [what, step, kind, change] of table) {
    assert.equal(step.kind, kind, what);
    assert.equal(step.kind === 'store' ? step.change : undefined, change, what);
  }
});

test('the order of keys in a spec is no change', () => {
  const icmp = { count: 3, size: 100 };
  const turned = { size: 100, count: 3 };
  const before = row({ spec: { ...spec, probes: [{ icmp }] } });
  assert.equal(decide(before, wish({ spec: { probes: [{ icmp: turned }], ...spec } })).kind, 'version');
});

test('what planning remembers of a test outlives its edits', () => {
  const after = afterMirror(row(), decide(row(), wish({ generation: 3 })));
  assert.deepEqual([after?.generation, after?.handledRunNow, after?.wasSuspended], [3, 'x', true]);
  const fresh = afterMirror(null, decide(null, wish()));
  assert.deepEqual([fresh?.handledRunNow, fresh?.wasSuspended, fresh?.deleted], [null, false, false]);
  assert.equal(afterMirror(row(), { kind: 'delete' })?.deleted, true);
});
