import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Destination, StreamTestSpec } from '@streamswarm/contract';
import { decideAssignments } from './decide-assignments.ts';
import { nodeAgent } from './fixtures/agent.ts';

const fleet = ['w1', 'w2', 'w3'].map((name, i) => nodeAgent(name, { address: `198.18.0.${i + 1}` }));
const decide = (spec: StreamTestSpec) =>
  decideAssignments({ cluster: 'c', testUid: 't', namespace: 'n', spec, agents: fleet });
const told = (spec: StreamTestSpec) =>
  decide(spec).problems.map(({ reason, destination, stops, message }) => {
    assert.deepEqual([reason, stops], ['OverPacketLimit', false]);
    return [destination, /([0-9,]+) packets a second/.exec(message)?.[1]];
  });

const host = (name: string, address: string): Destination => ({ name, host: address });
const one = [host('one', '198.18.1.1')];
/** An http probe of so many packets a slot: 16 and the segments of what it uploads. */
const upload = (packets: number, name?: string) => ({
  ...(name === undefined ? {} : { name }),
  http: { uploadBytes: (packets - 16) * 1_448 },
});

test('what fits says nothing, to the last packet', () => {
  assert.deepEqual(told({ destinations: one, probes: [upload(5_000)], interval: '1s' }), []);
  assert.deepEqual(told({ destinations: one, probes: [upload(300_000)], interval: '1m' }), []);
});

test('one packet more to an address is said, with the probe, the address and what to do', () => {
  const { problems, streams } = decide({ destinations: one, probes: [upload(5_001)], interval: '1s' });
  assert.equal(streams.length, 3, 'it is measured all the same');
  assert.deepEqual(problems, [
    {
      reason: 'OverPacketLimit',
      message:
        'http to 198.18.1.1: 5,001 packets a second from one agent, which sends at most 5,000 to one address; slots that find no room are dropped as busy: make the interval longer, bodies smaller or counts lower',
      destination: 'one',
      stops: false,
    },
  ]);
});

test('probes and destinations that lead to one address add up', () => {
  const probes = [upload(3_000, 'a'), upload(2_000, 'b')];
  assert.deepEqual(told({ destinations: one, probes, interval: '1s' }), []);
  const twice = [...one, host('again', '198.18.1.1'), host('else', '198.18.1.2')];
  assert.deepEqual(told({ destinations: twice, probes, interval: '1s' }), [['one', '10,000']]);
});

test('what one agent sends to all of them adds up too', () => {
  const destinations = [1, 2, 3, 4].map((i) => host(`d${i}`, `198.18.1.${i}`));
  const more = [...destinations, host('d5', '198.18.1.5')];
  const probes = [upload(5_000)];
  assert.deepEqual(told({ destinations, probes, interval: '1s' }), []);
  assert.deepEqual(told({ destinations: more, probes, interval: '1s' }), [[null, '25,000']]);
});
