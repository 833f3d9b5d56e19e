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
const states = (engine: EngineCapabilities, canRead = (_path: string) => true) =>
  agentCapabilities({ engine, platform: 'linux', canRead }).map(({ name, state }) => `${name} ${state}`);

test('everything works', () => {
  assert.deepEqual(states(all), ['icmp works', 'kernel-timestamps works', 'tcp works', 'host works']);
});

test('what needs a permission names the command', () => {
  const [icmp] = agentCapabilities({
    engine: { ...all, icmp4: noPermission, icmp6: noPermission },
    platform: 'linux',
    canRead: () => true,
  });
  assert.deepEqual(icmp, { name: 'icmp', state: 'unavailable', ...noPermission });
});

test('one family alone, no stamps, no PSI are limits', () => {
  const engine: EngineCapabilities = { ...all, icmp6: noPermission, kernelTimestamps: false, tcpInfo: false };
  assert.deepEqual(
    states(engine, (path) => !path.startsWith('/proc/pressure')),
    ['icmp limited', 'kernel-timestamps unavailable', 'tcp limited', 'host limited'],
  );
});
