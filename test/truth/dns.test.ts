import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dnsSettings } from '@streamswarm/contract';
import { runDns } from '../../agent/src/probes/dns/run-dns.ts';
import type { ProbeOutcome } from '../../agent/src/probes/probe-outcome.ts';
import { freePort } from '../support/free-port.ts';
import { startHeldDns } from '../support/phases/held-dns.ts';
import { ownReach } from '../support/phases/own-reach.ts';

const TRIES = 7;
const REPLIES: Record<string, Parameters<typeof startHeldDns>[0]> = {
  'both.example': ({ type, recursive }) =>
    recursive
      ? {
          addresses: type === 'A' ? ['192.0.2.1', '192.0.2.2'] : ['2001:db8::1'],
          ttl: type === 'A' ? 300 : 42,
        }
      : {},
  'cached.example': ({ type }) => ({ addresses: type === 'A' ? ['192.0.2.1'] : [] }),
  'shy.example': ({ type, recursive }) =>
    recursive ? { addresses: type === 'A' ? ['192.0.2.1'] : [] } : { rcode: 'REFUSED' },
  'gone.example': ({ recursive }) => (recursive ? { rcode: 'NXDOMAIN' } : {}),
  'broken.example': () => ({ rcode: 'SERVFAIL' }),
  'empty.example': () => ({}),
  'long.example': ({ type }) => (type === 'A' ? { addresses: ['192.0.2.1'], truncated: true } : {}),
  'silent.example': () => ({ silent: true }),
};

async function setUp(t: { after(run: () => Promise<void>): void }) {
  const server = await startHeldDns((question) => REPLIES[question.name]?.(question) ?? { rcode: 'REFUSED' });
  t.after(() => server.close());
  const ask = async (name: string, options: Record<string, unknown> = {}): Promise<ProbeOutcome> => {
    const settings = dnsSettings(
      { resolver: '127.0.0.1', port: server.port, timeout: '2s', ...options },
      10_000,
    );
    const outcome = await runDns(name, settings, ownReach('192.0.2.1'));
    assert.ok(outcome.outcome !== 'denied');
    return outcome;
  };
  return { server, ask };
}

test('A and AAAA each take what the resolver held them', async (t) => {
  const { server, ask } = await setUp(t);
  await ask('both.example');
  for (const [a, aaaa] of [
    [0.005, 0],
    [0.02, 0.08],
    [0.08, 0.02],
  ] as const) {
    server.hold({ A: a, AAAA: aaaa });
    const beyond: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      server.held.length = 0;
      const { metrics } = await ask('both.example');
      for (const [type, name] of [
        ['A', 'query_seconds'],
        ['AAAA', 'query_aaaa_seconds'],
      ] as const) {
        const record = server.held.find((held) => held.type === type && held.recursive);
        assert.ok(record !== undefined);
        const seconds = Number(metrics[name]);
        assert.ok(
          seconds >= record.seconds,
          `${type}: ${seconds} s is less than the ${record.seconds} s it was held`,
        );
        beyond.push(seconds - record.seconds);
      }
    }
    const least = Math.min(...beyond);
    t.diagnostic(`A ${a * 1e3} ms, AAAA ${aaaa * 1e3} ms: beyond the record ${(least * 1e3).toFixed(2)} ms`);
    assert.ok(least < Math.max(a, aaaa), `${least} s`);
  }
});

const FACTS = ['rcode', 'rcode_aaaa', 'answers', 'ttl_seconds', 'truncated', 'cache_hit_ratio'] as const;
const cases: [name: string, expected: unknown[], facts: unknown[]][] = [
  ['both.example', ['ok'], ['NOERROR', 'NOERROR', 3, 42, 0, 0]],
  ['cached.example', ['ok'], ['NOERROR', 'NOERROR', 1, 60, 0, 1]],
  ['shy.example', ['ok'], ['NOERROR', 'NOERROR', 1, 60, 0, null]],
  ['gone.example', ['error', 'resolver', 'nxdomain'], ['NXDOMAIN', 'NXDOMAIN', 0, null, 0, 0]],
  ['broken.example', ['error', 'resolver', 'servfail'], ['SERVFAIL', 'SERVFAIL', 0, null, 0, null]],
  ['empty.example', ['error', 'resolver', 'no-data'], ['NOERROR', 'NOERROR', 0, null, 0, 0]],
  ['long.example', ['ok'], ['NOERROR', 'NOERROR', 1, 60, 1, 1]],
  ['other.example', ['error', 'resolver', 'refused'], ['REFUSED', 'REFUSED', 0, null, 0, null]],
];
for (const [name, expected, facts] of cases) {
  test(`${name} is ${expected.join(' ')}`, async (t) => {
    const { ask } = await setUp(t);
    const { outcome, source, reason, metrics, nulls } = await ask(name);
    assert.deepEqual([outcome, source, reason].filter(Boolean), expected);
    assert.deepEqual(
      FACTS.map((fact) => metrics[fact]),
      facts,
    );
    for (const [metric, value] of Object.entries(metrics)) {
      assert.equal(value === null, nulls?.[metric] !== undefined, `${metric}: null and a reason go together`);
    }
  });
}

test('silence is lost, a closed port an error; neither has a time', async (t) => {
  const { ask } = await setUp(t);
  const silent = await ask('silent.example', { timeout: '300ms' });
  assert.deepEqual(
    [silent.outcome, silent.metrics['query_seconds'], silent.nulls?.['query_seconds']],
    ['lost', null, 'timeout'],
  );
  const closed = await ask('both.example', { port: await freePort() });
  assert.deepEqual([closed.outcome, closed.source, closed.reason], ['error', 'resolver', 'refused-port']);
  assert.equal(closed.metrics['query_seconds'], null);
});

test('over TCP each question has its connection, and nothing is asked over UDP', async (t) => {
  const { server, ask } = await setUp(t);
  for (const name of ['both.example', 'long.example', 'gone.example']) {
    server.held.length = 0;
    const { metrics } = await ask(name, { transport: 'tcp' });
    assert.deepEqual([server.held.length, server.held.every(({ overTcp }) => overTcp)], [3, true]);
    assert.deepEqual([metrics['truncated'], typeof metrics['query_seconds']], [0, 'number']);
  }
  const closed = await ask('both.example', { transport: 'tcp', port: await freePort() });
  assert.deepEqual([closed.outcome, closed.source, closed.reason], ['error', 'resolver', 'refused-port']);
});

test('one family is asked for alone', async (t) => {
  const { server, ask } = await setUp(t);
  const { metrics, nulls } = await ask('both.example', { family: 'ipv6' });
  assert.deepEqual([metrics['rcode'], nulls?.['rcode'], metrics['answers']], [null, 'not-applicable', 1]);
  assert.deepEqual([...new Set(server.held.map(({ type }) => type))], ['AAAA']);
});

test('a resolver that may not be touched is denied', async () => {
  const denial = (): string => 'link-local';
  const settings = dnsSettings({ resolver: '169.254.1.1' }, 5_000);
  assert.deepEqual(await runDns('a.example', settings, ownReach('192.0.2.1', { denial })), {
    outcome: 'denied',
    reason: 'link-local',
  });
});
