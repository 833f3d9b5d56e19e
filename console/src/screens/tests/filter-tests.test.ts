import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestSummary } from '@streamswarm/contract/wire/views';
import { ZERO } from '../../books/books.ts';
import { countTabs, filterTests } from './filter-tests.ts';
import { readTab, TABS } from './state-tabs.ts';

function summary(name: string, given: Partial<TestSummary> = {}): TestSummary {
  const [namespace = '', short = ''] = name.split('/');
  return {
    uid: name,
    namespace,
    name: short,
    generation: 1,
    description: null,
    state: 'Running',
    message: null,
    problems: [],
    created: '2026-11-24T10:00:00Z',
    destinations: ['edge'],
    probes: ['icmp'],
    intervalSeconds: 5,
    durationSeconds: null,
    run: null,
    nextRunTime: null,
    schedule: null,
    streams: 2,
    agents: { assigned: 2, reporting: 2 },
    lossRatio: null,
    lossCounts: null,
    p95Seconds: null,
    p95Metric: null,
    sparkline: [],
    lastResultTime: '2026-11-24T10:24:00Z',
    books: ZERO,
    ...given,
  };
}

const TESTS = [
  summary('net/dns', { state: 'Complete' }),
  summary('shop/edge', { probes: ['icmp', 'tcp'] }),
  summary('ot/wan', { agents: { assigned: 3, reporting: 2 } }),
  summary('lab/mtu', { books: { ...ZERO, scheduled: 1, unaccounted: 1 } }),
];
const names = (q: string, tab: string): string[] =>
  filterTests(TESTS, { q, tab: readTab(tab) }).map(({ name }) => name);

test('what is wrong stands first, then by state and name', () => {
  assert.deepEqual(names('', 'all'), ['mtu', 'wan', 'edge', 'dns']);
  assert.deepEqual(names('', 'wrong'), ['mtu', 'wan']);
});

test('words must all be there, and those after ! must not', () => {
  assert.deepEqual(names('icmp shop', 'all'), ['edge']);
  assert.deepEqual(names('!lab !ot', 'running'), ['edge']);
  assert.deepEqual(names('nothing', 'all'), []);
});

test('tabs count what the text leaves', () => {
  const counts = countTabs(TESTS, '!lab', TABS);
  assert.equal(counts.get('All'), 3);
  assert.equal(counts.get('Wrong'), 1);
  assert.equal(counts.get('Complete'), 1);
  assert.equal(readTab('none such'), 'All');
});

test('what has a problem stands behind what is wrong, and is found by its reason', () => {
  const problems = [{ reason: 'NoAgents', message: 'm', destination: null, stops: true }];
  const tests = [
    summary('a/fine'),
    summary('b/waits', { problems }),
    summary('c/stalled', { state: 'Failed', problems }),
  ];
  const found = (q: string) => filterTests(tests, { q, tab: 'All' }).map(({ name }) => name);
  assert.deepEqual(found(''), ['stalled', 'waits', 'fine']);
  assert.deepEqual(found('noagents'), ['stalled', 'waits']);
});
