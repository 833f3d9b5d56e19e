import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TracePoint } from '@streamswarm/contract/wire/traces';
import type { NetworkPath, PathHop } from '@streamswarm/contract/wire/views';
import { changeFinding, lossFinding, reachFinding, silenceFinding } from './findings.ts';
import { traceNames } from './trace-names.ts';

const trace = (minute: number, rest: Partial<TracePoint> = {}): TracePoint => ({
  at: new Date(minute * 60_000).toISOString(),
  outcome: 'ok',
  reason: null,
  hash: '0000000a',
  hops: 2,
  medians: [0.001, 0.02],
  changedFrom: null,
  ...rest,
});
const clock = (ms: number): string => `minute ${ms / 60_000}`;
const changeOf = (...traces: TracePoint[]) =>
  changeFinding(traces, traceNames(traces), { clock, seenBy: () => null });
const hop = (ttl: number, address: string | null, lost = 0): PathHop => ({
  ttl,
  address,
  sent: 100,
  lost,
  minSeconds: null,
  medianSeconds: null,
  maxSeconds: null,
  unreachable: null,
});
const path = (...hops: PathHop[]): NetworkPath => ({
  hash: '0000000a',
  agent: 'a',
  destination: 'edge',
  firstSeen: '',
  lastSeen: '',
  traces: 50,
  reached: 50,
  hops,
});

test('a change says from which hop on, when, and what came with it', () => {
  const after = trace(3, { hash: '0000000b', changedFrom: 5, medians: [0.001, 0.05] });
  const found = changeOf(trace(1), trace(2, { hash: null, hops: null, medians: [] }), after);
  assert.equal(found.title, 'Path A → B from hop 5 on, minute 3');
  assert.match(found.text, /^the only change in this time; destination 20\.0.ms, then 50\.0.ms$/);
  assert.equal(changeOf(after, trace(4, { changedFrom: 1 })).text.slice(0, 17), 'the last of 2 cha');
});

test('other hops that answer are no change', () => {
  assert.deepEqual(changeOf(trace(1), trace(2, { hash: '0000000b' })), {
    glyph: 'complete',
    title: 'No other router at any hop',
    text: '2 sets of hops answered, and none of them contradicts another',
  });
});

test('a destination that does not answer now is wrong, one that did not is said', () => {
  const missed = trace(2, { outcome: 'lost', hops: null, medians: [0.001] });
  assert.equal(reachFinding([trace(1), trace(2)], clock).text, 'in 2 of 2 traces');
  const now = reachFinding([trace(1), missed], clock);
  assert.deepEqual(
    [now.glyph, now.text],
    ['wrong', 'nothing answered beyond hop 1; it answered in 1 of 2 traces of this time'],
  );
  const past = reachFinding([missed, trace(3)], clock);
  assert.deepEqual(
    [past.glyph, past.title, past.text],
    ['limited', 'Destination answered 1 of 2 traces', 'last not at minute 2: nothing answered beyond hop 1'],
  );
  const unsent = trace(1, { outcome: 'error', reason: 'resolver.nxdomain', hops: null, medians: [] });
  assert.match(reachFinding([unsent], clock).text, /^resolver\.nxdomain;/);
});

test('loss begins where it goes on to the end; before it is thrift', () => {
  const found = lossFinding(path(hop(1, 'r1', 18), hop(2, 'r2'), hop(3, 'r3', 3), hop(4, 'r4', 2)));
  assert.match(found.title, /^2\.0.% lost from hop 3 to the end$/);
  assert.match(found.text, /^hop 1 answers only 82.%: rate limit, not loss$/);
  const none = lossFinding(path(hop(1, 'r1'), hop(2, 'r2')));
  assert.deepEqual(
    [none.glyph, none.text],
    ['complete', '0 of 100 packets to the last hop, in 50 traces of this path'],
  );
});

test('a hop is silent where no trace of the path had an answer of it', () => {
  assert.equal(silenceFinding(path(hop(1, null), hop(1, 'r1'), hop(2, 'r2'))).title, 'Every hop answered');
  assert.equal(
    silenceFinding(path(hop(1, null), hop(2, null), hop(3, 'r3'))).title,
    'Hops 1, 2 never answered',
  );
});

test('a change that others saw too says by how many', () => {
  const traces = [trace(1), trace(2, { hash: '0000000b', changedFrom: 1 })];
  const seenBy = (atMs: number): string => `seen at ${atMs / 60_000}`;
  const { text } = changeFinding(traces, traceNames(traces), { clock, seenBy });
  assert.match(text, /^seen at 2; the only change in this time/);
});
