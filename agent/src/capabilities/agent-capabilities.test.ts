import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineCapabilities, Unavailable } from '../native/packet-engine.ts';
import { agentCapabilities } from './agent-capabilities.ts';

const noPermission: Unavailable = {
  reason: 'no-permission',
  detail: 'the kernel refuses ICMP sockets to this user',
  enable: 'sudo sysctl -w net.ipv4.ping_group_range="0 2147483647"',
};
const all: EngineCapabilities = { icmp4: 'dgram', icmp6: 'raw', kernelTimestamps: true, tcpInfo: true };
const BOUNDED = { synchronised: true, errorBoundSeconds: 0.0124 };
const states = (engine: EngineCapabilities, canRead = (_path: string) => true) =>
  agentCapabilities({ engine, platform: 'linux', canRead, clock: BOUNDED }).map(
    ({ name, state }) => `${name} ${state}`,
  );

test('everything works', () => {
  assert.deepEqual(states(all), [
    'icmp works',
    'kernel-timestamps works',
    'tcp works',
    'host works',
    'clock works',
  ]);
});

test('what needs a permission names the command', () => {
  const [icmp] = agentCapabilities({
    engine: { ...all, icmp4: noPermission, icmp6: noPermission },
    platform: 'linux',
    canRead: () => true,
    clock: null,
  });
  assert.deepEqual(icmp, { name: 'icmp', state: 'unavailable', ...noPermission });
});

test('one family alone, no stamps, no PSI are limits', () => {
  const engine: EngineCapabilities = { ...all, icmp6: noPermission, kernelTimestamps: false, tcpInfo: false };
  assert.deepEqual(
    states(engine, (path) => !path.startsWith('/proc/pressure')),
    ['icmp limited', 'kernel-timestamps unavailable', 'tcp limited', 'host limited', 'clock works'],
  );
});

test('a clock says how far it may be off, or that nobody knows', () => {
  const of = (clock: Parameters<typeof agentCapabilities>[0]['clock']) =>
    agentCapabilities({ engine: all, platform: 'linux', canRead: () => true, clock }).at(-1);
  assert.equal(of(BOUNDED)?.detail, 'synchronised, off by at most 12.4\u00a0ms');
  const { state, reason, enable } = of({ synchronised: false, errorBoundSeconds: null }) ?? {};
  assert.deepEqual([state, reason], ['limited', 'not-synchronised']);
  assert.match(enable ?? '', /chrony/);
  assert.equal(of(null)?.state, 'unavailable');
});
