import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Accounting } from '@streamswarm/contract/wire/books';
import type { AgentView, TestSummary } from '@streamswarm/contract/wire/views';
import { ZERO } from '../../books/books.ts';
import { findings } from './findings.ts';

const line = { ...ZERO, reasons: {}, surplus: 0, namespace: 'shop', test: 'edge' };
const books = (tests: Accounting['tests']): Accounting => ({
  ...ZERO,
  reasons: {},
  surplus: 0,
  from: null,
  to: '2026-11-24T10:24:00Z',
  tests,
  agents: [],
  probes: [],
});
const agent: AgentView = {
  id: 'a',
  name: 'factory-7-cam',
  kind: 'Host',
  node: null,
  labels: {},
  suspended: false,
  gone: false,
  version: '0.1.0',
  online: false,
  firstSeen: '2026-11-24T08:00:00Z',
  lastSeen: '2026-11-24T09:52:08Z',
  platform: { os: 'Linux', kernel: '6.8', arch: 'x64', cores: 2, memoryBytes: 1 },
  addresses: [],
  capabilities: [],
  tests: 1,
  streams: 16,
  spool: { batches: 0, bytes: 0, bad: 0 },
  through: null,
  clockOffsetSeconds: null,
};

test('a quiet fleet has no finding; slots on their way are none', () => {
  const quiet = books([{ ...line, scheduled: 10, ok: 8, pending: 2 }]);
  assert.deepEqual(
    findings({ tests: [], agents: [{ ...agent, online: true }], broken: [], recent: quiet }),
    [],
  );
});

test('what is wrong comes before what is limited, the larger first', () => {
  const recent = books([
    {
      ...line,
      scheduled: 100,
      ok: 60,
      dropped: 30,
      error: 9,
      unaccounted: 1,
      reasons: { 'error.refused': 9 },
    },
    { ...line, test: 'wan', scheduled: 50, ok: 30, lost: 20 },
    { ...line, test: 'lan', scheduled: 1_000, ok: 999, lost: 1 },
  ]);
  const failed = {
    namespace: 'qa',
    name: 'burst',
    state: 'Failed',
    message: 'over budget',
    problems: [] as const,
  };
  const found = findings({ tests: [failed as unknown as TestSummary], agents: [agent], broken: [], recent });
  assert.deepEqual(
    found.map(({ id, severity }) => `${severity}: ${id}`),
    [
      'wrong: unanswered shop/wan',
      'wrong: agent factory-7-cam',
      'wrong: unanswered shop/edge',
      'wrong: unaccounted shop/edge',
      'refused: test qa/burst',
      'limited: unmeasured shop/edge',
      'limited: unanswered shop/lan',
    ],
  );
  assert.equal(found[2]?.detail, '9 in error (refused) of 100');
});

test('a problem of a test that goes on is limited, and says what it is', () => {
  const waits = {
    namespace: 'net',
    name: 'mesh',
    state: 'Running',
    streams: 0,
    problems: [{ reason: 'NoFarAgents', message: 'no agent matches', destination: 'all', stops: true }],
  };
  const found = findings({
    tests: [waits as unknown as TestSummary],
    agents: [],
    broken: [],
    recent: books([]),
  });
  assert.deepEqual(
    found.map(({ severity, what, detail, amount }) => [severity, what, detail, amount]),
    [['limited', 'NoFarAgents in net/mesh', 'No agent matches.', '0 streams']],
  );
});

test('a broken limit is one line, however many streams break it, told by the worst', () => {
  const limit = {
    id: '1',
    namespace: 'shop',
    test: 'edge',
    agent: 'a',
    destination: 'wan',
    probe: 'icmp',
    metric: 'icmp.rtt_p95_seconds',
    unit: 'seconds',
    side: 'above',
    bound: 0.05,
    slots: 3,
    value: 0.061,
    began: '2026-11-24T10:20:00Z',
    ended: null,
    endReason: null,
  } as const;
  const broken = [limit, { ...limit, id: '2', agent: 'b', value: 0.12, began: '2026-11-24T10:22:00Z' }];
  const [found, ...more] = findings({ tests: [], agents: [], broken, recent: books([]) });
  assert.deepEqual(more, []);
  assert.deepEqual(
    [found?.what, found?.detail, found?.amount, found?.sinceMs],
    [
      'icmp.rtt_p95_seconds above 50.0\u00a0ms',
      '120\u00a0ms from b to wan, and 1 more',
      '2 streams',
      Date.parse('2026-11-24T10:20:00Z'),
    ],
  );
});
