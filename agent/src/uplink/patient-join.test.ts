import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { SimulatedTimers } from '../clock/simulated-timers.ts';
import type { Joined } from '../identity/joined-file.ts';
import { RefusedError } from './operator-http.ts';
import { joinPatiently } from './patient-join.ts';

const JOINED: Joined = {
  agentId: 'id',
  name: 'host-1',
  cluster: 'cluster',
  server: 'https://operator.example.net:5443/',
  tokenId: 'token',
};
const OPTIONS = {
  server: JOINED.server,
  token: 'token',
  caFingerprint: `sha256:${'0'.repeat(64)}`,
  stateDir: '/nowhere',
  name: 'host-1',
};

const notReached = (code: string): Error => Object.assign(new Error(code), { code });
const refused = (status: number, retryAfter: string | null = null): Error =>
  new RefusedError('joining', { status, retryAfter, detail: 'no' });

/** Joins with tries that end so, one after another; the last one repeats. */
function joining(ends: readonly (Error | Joined)[]) {
  const timers = new SimulatedTimers();
  let tries = 0;
  const joined = joinPatiently(OPTIONS, {
    timers,
    log: pino({ level: 'silent' }),
    wallMs: () => 0,
    random: () => 0.5,
    join: async () => {
      const end = ends[Math.min(tries++, ends.length - 1)];
      if (end instanceof Error) throw end;
      return end as Joined;
    },
  });
  joined.catch(() => {});
  return { timers, joined, tries: () => tries };
}

test('an operator that is not there yet is joined once it is', async () => {
  const { timers, joined, tries } = joining([
    notReached('ECONNREFUSED'),
    notReached('ETIMEDOUT'),
    refused(503),
    JOINED,
  ]);
  await timers.pass(30_000);
  assert.equal(await joined, JOINED);
  assert.equal(tries(), 4);
});

test('an operator that asks for patience gets it', async () => {
  const { timers, joined, tries } = joining([refused(429, '40'), JOINED]);
  await timers.pass(39_000);
  assert.equal(tries(), 1);
  await timers.pass(2_000);
  assert.equal(await joined, JOINED);
});

test('what is final ends the first try', async () => {
  for (const end of [refused(403), refused(400), new Error('its CA has another fingerprint')]) {
    const { joined, tries } = joining([end]);
    await assert.rejects(joined, end);
    assert.equal(tries(), 1);
  }
});

test('an operator that is never there is given up after two minutes, with the last reason', async () => {
  const { timers, joined, tries } = joining([notReached('ENETUNREACH')]);
  await timers.pass(119_000);
  const before = tries();
  await timers.pass(30_000);
  await assert.rejects(joined, /ENETUNREACH/);
  assert.ok(before > 10 && tries() <= before + 2, `${before} tries, then ${tries()}`);
});
