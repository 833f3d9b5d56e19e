import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOfRow } from './probe-problems.ts';

const at = (path: string) => ({ path, message: 'is wrong', rule: 'rule' });

test('what is wrong with an entry of two kinds is shown once', () => {
  const rows = [
    { kind: 'icmp', index: 0 },
    { kind: 'tcp', index: 0 },
    { kind: 'http', index: 1 },
    { kind: 'dns', index: null },
  ];
  const problems = [
    'spec.probes[0]',
    'spec.probes[0].tcp.port',
    'spec.probes[0].name',
    'spec.probes[1].http',
  ].map(at);
  const shown = rows.map((row) => problemsOfRow(row, rows, problems).map(({ path }) => path));
  assert.deepEqual(shown, [
    ['spec.probes[0]', 'spec.probes[0].name'],
    ['spec.probes[0].tcp.port'],
    ['spec.probes[1].http'],
    [],
  ]);
});
