import assert from 'node:assert/strict';
import { promises as dns, type LookupAddress } from 'node:dns';
import { test } from 'node:test';
import { SimulatedTimers } from '../clock/simulated-timers.ts';
import { systemTimers } from '../clock/timers.ts';
import { Resolver } from './resolver.ts';

type Lookup = (host: string, family: 0 | 4 | 6) => Promise<readonly LookupAddress[]>;

function setUp(lookup: Lookup, concurrency = 2) {
  const timers = new SimulatedTimers();
  const resolver = new Resolver({
    lookup,
    concurrency,
    after: (ms, callback) => timers.after(ms, callback),
    monotonicMs: () => timers.monotonicMs(),
  });
  return { timers, resolver };
}
const never: Lookup = () => new Promise(() => {});

test('literals are answered at once, without a question to anybody', () => {
  const { resolver } = setUp(never);
  assert.deepEqual(resolver.resolve('192.0.2.1', 'any', 100), { addresses: ['192.0.2.1'], seconds: null });
  assert.deepEqual(resolver.resolve('2001:db8::1', 'ipv6', 100), {
    addresses: ['2001:db8::1'],
    seconds: null,
  });
  assert.deepEqual(resolver.resolve('2001:db8::1', 'ipv4', 100), {
    source: 'resolver',
    reason: 'address-family',
  });
});

test('each failure has its own word', async () => {
  for (const [code, reason] of [
    ['ENOTFOUND', 'nxdomain'],
    ['EAI_AGAIN', 'temporary-failure'],
    ['EAI_FAIL', 'server-failure'],
    ['EMFILE', 'emfile'],
  ]) {
    const { resolver } = setUp(() => Promise.reject(Object.assign(new Error('no'), { code })));
    assert.deepEqual(await resolver.resolve('a.example', 'any', 100), { source: 'resolver', reason });
  }
});

test('a resolver that does not answer is a timeout; a lookup that could not begin is not its fault', async () => {
  const { timers, resolver } = setUp(never, 1);
  const first = resolver.resolve('a.example', 'any', 500);
  const second = resolver.resolve('b.example', 'any', 500);
  await timers.pass(500);
  assert.deepEqual(await first, { source: 'resolver', reason: 'timeout' });
  assert.deepEqual(await second, { source: 'local', reason: 'resolver-queue' });
});

test('those who ask for one name at one time share one lookup, and the next asks anew', async () => {
  let lookups = 0;
  const answers: ((found: readonly LookupAddress[]) => void)[] = [];
  const { timers, resolver } = setUp((_host, family) => {
    lookups++;
    assert.equal(family, 4);
    return new Promise((resolve) => answers.push(resolve));
  });
  const all = [1, 2, 3].map(() => resolver.resolve('a.example', 'ipv4', 1_000));
  await timers.pass(10);
  assert.equal(lookups, 1);
  answers[0]?.([
    { address: '192.0.2.1', family: 4 },
    { address: '192.0.2.1', family: 4 },
    { address: '192.0.2.2', family: 4 },
  ]);
  for (const one of all)
    assert.deepEqual(await one, { addresses: ['192.0.2.1', '192.0.2.2'], seconds: 0.01 });
  void resolver.resolve('a.example', 'ipv4', 1_000);
  assert.equal(lookups, 2);
});

test('this host knows itself', async () => {
  const resolver = new Resolver({
    lookup: (host, family) => dns.lookup(host, { all: true, family, order: 'verbatim' }),
    concurrency: 1,
    after: systemTimers.after,
    monotonicMs: systemTimers.monotonicMs,
  });
  const found = await resolver.resolve('localhost', 'ipv4', 2_000);
  assert.ok('addresses' in found);
  assert.deepEqual(found.addresses, ['127.0.0.1']);
  assert.ok(found.seconds !== null && found.seconds > 0);
});
