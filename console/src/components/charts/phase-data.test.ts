import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PROBES } from '@streamswarm/contract/probes/catalogue';
import type { Probe } from '@streamswarm/contract/probes/probe';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import { phaseData, phaseSummary, phaseWords, presentPhases, stackAt } from './phase-data.ts';

const FROM = Date.parse('2026-11-24T10:00:00Z');

function answer(metric: string, n: number[], mean: (number | null)[], fromMs = FROM): Results {
  const zeros = n.map(() => 0);
  const series = { agent: null, destination: null, n, mean, sent: zeros, lost: zeros } as unknown as Series;
  return {
    probe: 'http',
    metric,
    unit: 'seconds',
    from: new Date(fromMs).toISOString(),
    to: new Date(fromMs + n.length * 10_000).toISOString(),
    stepSeconds: 10,
    steps: n.length,
    level: 'raw',
    series: [series],
  };
}

test('phases add up to the whole, also where only some slots have one of them', () => {
  const data = phaseData({
    total: answer('total_seconds', [4, 4], [0.1, 0.07]),
    parts: [
      answer('connect_seconds', [4, 4], [0.02, 0.02]),
      // Two of the four are https.
      answer('tls_seconds', [2, 2], [0.06, 0.04]),
      answer('ttfb_seconds', [4, 4], [0.05, 0.03]),
    ],
  });
  const round = (values: readonly number[] | null) => values?.map((value) => Number(value.toFixed(6)));
  assert.deepEqual(round(stackAt(data, 0)), [0, 0.02, 0.05, 0.1]);
  assert.deepEqual(round(stackAt(data, 1)), [0, 0.02, 0.04, 0.07]);
  assert.deepEqual(data.unfinished, [0, 0]);
});

test('a step without a whole is a gap, never a stack of nothing', () => {
  const data = phaseData({
    total: answer('total_seconds', [1, 0], [0.1, null]),
    parts: [answer('connect_seconds', [1, 3], [0.02, 0.02])],
  });
  assert.equal(stackAt(data, 1), null);
  assert.deepEqual(data.unfinished, [0, 3], 'three slots came no further than a phase');
});

test('slots that failed on the way make no phase longer than its mean', () => {
  const data = phaseData({
    total: answer('total_seconds', [2], [0.1]),
    parts: [answer('connect_seconds', [10], [0.02])],
  });
  assert.deepEqual(stackAt(data, 0), [0, 0.02]);
  assert.deepEqual(data.unfinished, [8]);
});

test('answers that begin at another step are matched by their time', () => {
  const data = phaseData({
    total: answer('total_seconds', [1, 1], [0.1, 0.2], FROM + 10_000),
    parts: [answer('ttfb_seconds', [1, 1], [0.3, 0.1])],
  });
  assert.deepEqual(data.phases[0]?.values, [0.1, null], 'what was not answered is a gap');
});

test('what no slot had has no name in the chart, and the sentence names the newest step', () => {
  const data = phaseData({
    total: answer('total_seconds', [1, 0], [0.1, null]),
    parts: [answer('dns_seconds', [0, 0], [null, null]), answer('ttfb_seconds', [1, 0], [0.1, null])],
  });
  assert.deepEqual(
    presentPhases(data).map(({ metric }) => metric),
    ['ttfb_seconds'],
  );
  assert.equal(
    phaseSummary('Phases', data, (value) => `${value} s`),
    'Phases, newest step: first byte 0.1 s; together 0.1 s.',
  );
});

test('each phase that there is has a colour and a word of its own', () => {
  const css = readFileSync(new URL('./phase-chart.module.css', import.meta.url), 'utf8');
  const parts = Object.values(PROBES as Record<string, Probe>).flatMap(({ phases }) => phases?.parts ?? []);
  const colours = parts.map((part) => new RegExp(`\\.${part} \\{\\s*--phase: (.*);`).exec(css)?.[1]);
  assert.equal(new Set(colours).size, parts.length, colours.join(' '));
  assert.ok(!colours.includes(undefined));
  assert.equal(new Set(parts.map(phaseWords)).size, parts.length);
});
