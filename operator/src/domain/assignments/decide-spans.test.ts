import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StreamTestSpec } from '@streamswarm/contract';
import { decideAssignments } from './decide-assignments.ts';
import { decideSpans, type OpenSpan } from './decide-spans.ts';
import { agent } from './fixtures/agent.ts';

const agents = [agent('a1', { labels: { site: 'north' } }), agent('a2')];
const spec: StreamTestSpec = {
  destinations: [
    { name: 'edge', host: 'edge.example' },
    { name: 'page', url: 'http://page.example:8080/' },
  ],
  probes: [{ icmp: {} }, { tcp: {}, destinations: ['page'] }, { host: { every: '10s' } }],
};
const wish = (over: StreamTestSpec = spec) =>
  decideAssignments({ cluster: 'c', testUid: 't', namespace: 'default', spec: over, agents }).streams;
const open = (): OpenSpan[] => wish().map((w, i) => ({ ...w, id: i + 1, runId: 'r' }));

test('each agent measures each destination that a probe applies to; host once', () => {
  const streams = wish().filter((w) => w.agentId === 'a1');
  assert.deepEqual(
    streams.map((w) => [w.probe, w.destination, w.target?.host ?? null, w.target?.port ?? null, w.periodMs]),
    [
      ['icmp', 'edge', 'edge.example', null, 5_000],
      ['icmp', 'page', 'page.example', null, 5_000],
      ['tcp', 'page', 'page.example', 8_080, 5_000],
      ['host', '', null, null, 10_000],
    ],
  );
  assert.equal(new Set(wish().map((w) => w.stream)).size, 8);
});

test('nothing changes where nothing was changed', () => {
  assert.deepEqual(decideSpans(open(), wish(), 'r'), { close: [], change: [], open: [] });
});

test('another option keeps the span, another interval opens it anew', () => {
  const other = {
    ...spec,
    probes: [{ icmp: { count: 3 } }, { tcp: {}, destinations: ['page'] }, { host: { every: '10s' } }],
  };
  const changed = decideSpans(open(), wish(other), 'r');
  assert.deepEqual([changed.close.length, changed.change.length, changed.open.length], [0, 4, 0]);
  const slower = decideSpans(open(), wish({ ...spec, interval: '10s' }), 'r');
  assert.deepEqual([slower.close.length, slower.change.length, slower.open.length], [6, 0, 6]);
});

test('a removed destination closes its streams; no run closes all; a new run opens all', () => {
  const fewer = { ...spec, destinations: spec.destinations.slice(1) };
  assert.deepEqual(decideSpans(open(), wish(fewer), 'r').close.length, 2);
  assert.deepEqual(decideSpans(open(), [], null).close.length, 8);
  const next = decideSpans(open(), wish(), 'r2');
  assert.deepEqual([next.close.length, next.open.length], [8, 8]);
});
