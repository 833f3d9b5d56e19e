import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../agent/src/probes/http/run-http.ts';
import type { ProbeOutcome } from '../../agent/src/probes/probe-outcome.ts';
import { runTls } from '../../agent/src/probes/tls/run-tls.ts';
import { type HeldHttps, startHeldHttps } from '../support/phases/held-https.ts';
import { ownReach } from '../support/phases/own-reach.ts';

const NAME = 'shop.example.net';
const TRIES = 7;
const HOLDS_MS = [5, 20, 80];
const PHASES = ['dns', 'tls', 'ttfb', 'download'] as const;
type Phase = (typeof PHASES)[number];

/** A phase that holds nothing takes at most this share of what another one holds, beyond what it takes by itself. */
const LEAK_SHARE = 0.5;

const settings = httpSettings({ timeout: '5s' }, 10_000);
const smallest = (values: readonly number[]): number => Math.min(...values);

interface Bench {
  readonly server: HeldHttps;
  holdDnsMs: number;
  readonly reach: ReturnType<typeof ownReach>;
}

function metric({ metrics }: ProbeOutcome, name: string): number {
  const value = metrics[name];
  assert.equal(typeof value, 'number', `${name} is ${String(value)}`);
  return Number(value);
}

async function request({ server, reach }: Bench): Promise<ProbeOutcome> {
  const outcome = await runHttp(new URL(`https://${NAME}:${server.port}/`), settings, reach);
  assert.ok(outcome.outcome === 'ok', JSON.stringify(outcome));
  return outcome;
}

/** The least of some tries of each phase: beyond the server's own record where that phase is held. */
async function leastPhases(bench: Bench, held: Phase | null, ms: number): Promise<Record<Phase, number>> {
  bench.holdDnsMs = held === 'dns' ? ms : 0;
  bench.server.hold(held === null || held === 'dns' ? {} : { [held]: ms });
  const found: Record<Phase, number[]> = { dns: [], tls: [], ttfb: [], download: [] };
  for (let i = 0; i < TRIES; i++) {
    const outcome = await request(bench);
    for (const phase of PHASES) {
      const seconds = metric(outcome, `${phase}_seconds`);
      const record = phase === 'dns' ? bench.reach.heldSeconds.at(-1) : bench.server.held[phase].at(-1);
      assert.ok(record !== undefined);
      // The server counts from when it wrote the first byte, which arrived within the time to first byte.
      const onTheWay = phase === 'download' ? metric(outcome, 'ttfb_seconds') : 0;
      if (phase === held)
        assert.ok(
          seconds >= record - onTheWay,
          `${phase}: ${seconds} s is less than the ${record} s it was held`,
        );
      found[phase].push(phase === held ? seconds - record : seconds);
    }
    const sum = ['dns', 'connect', 'tls', 'ttfb', 'download'].reduce(
      (all, phase) => all + metric(outcome, `${phase}_seconds`),
      0,
    );
    assert.ok(
      sum <= metric(outcome, 'total_seconds') + 1e-6,
      'phases overlap: their sum is more than the whole',
    );
  }
  const least = PHASES.map((phase) => [phase, smallest(found[phase])]);
  return Object.fromEntries(least) as Record<Phase, number>;
}

test('each phase takes what it was held, and none includes another', async (t) => {
  const bench: Bench = {
    server: await startHeldHttps([NAME]),
    holdDnsMs: 0,
    reach: ownReach('127.0.0.1', { holdMs: () => bench.holdDnsMs }),
  };
  t.after(() => bench.server.close());
  await leastPhases(bench, null, 0);
  const bare = await leastPhases(bench, null, 0);
  for (const phase of PHASES) {
    for (const ms of HOLDS_MS) {
      const found = await leastPhases(bench, phase, ms);
      t.diagnostic(`${phase} held ${ms} ms: beyond the record ${(found[phase] * 1e3).toFixed(2)} ms`);
      for (const other of PHASES) {
        const limit = bare[other] + (ms / 1e3) * LEAK_SHARE;
        assert.ok(
          found[other] <= limit,
          `${phase} held ${ms} ms: ${other} has ${found[other]} s, of itself ${bare[other]} s`,
        );
      }
    }
  }
});

test('the TLS probe sees the same handshake, and what is wrong with the certificate', async (t) => {
  const server = await startHeldHttps([NAME]);
  t.after(() => server.close());
  const target = { address: '127.0.0.1', port: server.port, serverName: NAME };
  await runTls(target, { timeoutMs: 5_000 });
  for (const ms of HOLDS_MS) {
    server.hold({ tls: ms });
    const beyond: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      const outcome = await runTls(target, { timeoutMs: 5_000 });
      const seconds = metric(outcome, 'handshake_seconds');
      const record = server.held.tls.at(-1) ?? Number.NaN;
      assert.ok(seconds >= record);
      beyond.push(seconds - record);
      assert.equal(outcome.outcome, 'ok');
      assert.deepEqual(
        ['chain_ok', 'name_ok', 'version', 'alpn', 'validation_seconds'].map((name) => outcome.metrics[name]),
        [0, 1, 'TLSv1.3', 'http/1.1', null],
      );
      assert.equal(outcome.metrics['chain_problem'], 'SELF_SIGNED_CERT_IN_CHAIN');
      assert.equal(outcome.nulls?.['validation_seconds'], 'not-applicable');
    }
    t.diagnostic(`handshake held ${ms} ms: beyond the record ${(smallest(beyond) * 1e3).toFixed(2)} ms`);
    assert.ok(smallest(beyond) < ms / 1e3 + 0.005);
  }
  const days = metric(await runTls(target, { timeoutMs: 5_000 }), 'expires_in_seconds') / 86_400;
  assert.ok(days > 89 && days < 91, `${days} days`);
  const other = await runTls({ ...target, serverName: 'other.example.net' }, { timeoutMs: 5_000 });
  assert.deepEqual([other.outcome, other.metrics['name_ok']], ['ok', 0]);
});
