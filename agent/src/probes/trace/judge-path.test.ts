import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { judgePath, pathHash } from './judge-path.ts';
import { PathRecord } from './path-record.ts';
import type { TraceAnswer } from './read-answer.ts';

const TO = '198.18.9.9';
const router = (n: number, rttSeconds = 1e-3): TraceAnswer => ({
  kind: 'router',
  address: `198.18.0.${n}`,
  rttSeconds,
});
const there: TraceAnswer = { kind: 'destination', rttSeconds: 5e-3 };
const silent: TraceAnswer = { kind: 'silent' };
const refused: TraceAnswer = { ...router(7), kind: 'unreachable', reason: 'host-unreachable' } as TraceAnswer;
const unsent: TraceAnswer = { kind: 'unsent', reason: 'local-queue-full' };

/** A record of answers, a row for each TTL from 1. */
function recordOf(...rows: TraceAnswer[][]): PathRecord {
  const record = new PathRecord(TO);
  rows.forEach((row, i) => {
    row.forEach((answer, packet) => {
      record.add(i + 1, packet, answer);
    });
  });
  return record;
}

test('a destination that answered is ok, at the smallest TTL at which it did; what went beyond is left out', () => {
  const record = recordOf([router(1, 2e-3), router(1)], [silent, there], [there], [there]);
  const { outcome, metrics, nulls } = judgePath(record);
  assert.equal(outcome, 'ok');
  assert.deepEqual(metrics, {
    hops: 2,
    last_responding_ttl: 2,
    sent: 4,
    received: 3,
    first_hop_rtt_seconds: 1e-3,
    path_hash: metrics['path_hash'],
    path: [
      { ttl: 1, address: '198.18.0.1', sent: 2, rtts_seconds: [2e-3, 1e-3] },
      { ttl: 2, address: TO, sent: 2, rtts_seconds: [5e-3] },
    ],
  });
  assert.deepEqual(nulls, {});
});

test('a silent hop is null, and the first hop then has no round trip', () => {
  const { outcome, metrics, nulls } = judgePath(recordOf([silent, silent], [router(2)], [there]));
  assert.equal(outcome, 'ok');
  assert.deepEqual(metrics['path'], [
    { ttl: 1, address: null, sent: 2, rtts_seconds: [] },
    { ttl: 2, address: '198.18.0.2', sent: 1, rtts_seconds: [1e-3] },
    { ttl: 3, address: TO, sent: 1, rtts_seconds: [5e-3] },
  ]);
  assert.deepEqual(nulls, { first_hop_rtt_seconds: 'timeout' });
});

test('a silent destination has no hop count, and its silence no hops', () => {
  const { outcome, metrics, nulls } = judgePath(recordOf([router(1)], [silent], [silent]));
  assert.equal(outcome, 'lost');
  assert.deepEqual([metrics['hops'], metrics['last_responding_ttl'], metrics['sent']], [null, 1, 3]);
  assert.equal((metrics['path'] as unknown[]).length, 1);
  assert.deepEqual(nulls, { hops: 'timeout' });
});

test('where nothing answered there is no path', () => {
  const { outcome, metrics } = judgePath(recordOf([silent], [silent]));
  assert.equal(outcome, 'lost');
  assert.deepEqual([metrics['path'], metrics['path_hash'], metrics['received']], [null, null, 0]);
});

test('a path that does not go on is an error of the network, and ends there', () => {
  const judged = judgePath(recordOf([router(1)], [refused], [refused]));
  assert.deepEqual([judged.outcome, judged.source, judged.reason], ['error', 'network', 'host-unreachable']);
  assert.equal(judged.metrics['hops'], null);
  assert.equal((judged.metrics['path'] as unknown[]).length, 2);
});

test('a destination that answered was reached, whoever said that it was not', () => {
  const { outcome, metrics } = judgePath(recordOf([router(1), refused], [there]));
  assert.deepEqual([outcome, metrics['hops'], metrics['last_responding_ttl']], ['ok', 2, 2]);
});

test('two addresses at one TTL: the first is the hop, and the round trips are its own', () => {
  const { metrics } = judgePath(recordOf([router(1), router(2, 9), silent], [there]));
  assert.deepEqual((metrics['path'] as unknown[])[0], {
    ttl: 1,
    address: '198.18.0.1',
    sent: 2,
    rtts_seconds: [1e-3],
    others: ['198.18.0.2'],
  });
});

test('what this host did not send is no loss, and where that is all it is an error of this host', () => {
  const { metrics } = judgePath(recordOf([unsent, router(1)], [there]));
  assert.deepEqual([metrics['sent'], metrics['received']], [2, 2]);
  const { outcome, source, reason } = judgePath(recordOf([unsent], [unsent]));
  assert.deepEqual([outcome, source, reason], ['error', 'local', 'local-queue-full']);
});

test('the name of a path is that of its answering addresses in order', () => {
  const hop = (ttl: number, address: string | null) => ({ ttl, address, sent: 1, rtts_seconds: [] });
  const expected = createHash('sha256').update('198.18.0.1\n198.18.0.3').digest('hex').slice(0, 16);
  assert.equal(pathHash([hop(1, '198.18.0.1'), hop(2, null), hop(3, '198.18.0.3')]), expected);
  assert.notEqual(pathHash([hop(1, '198.18.0.3'), hop(2, '198.18.0.1')]), expected);
});
