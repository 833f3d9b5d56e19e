import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packEcho, packReply, unpackEchoes } from './echo-codec.ts';

test('results come out as they went in', () => {
  const replies: number[] = [];
  packReply(replies, {
    seq: 1,
    rttSeconds: 1.25e-6,
    isKernel: true,
    userRttSeconds: 9e-6,
    localQueueSeconds: 4e-7,
    ttl: 64,
    isDuplicate: false,
  });
  packReply(replies, {
    seq: 0,
    rttSeconds: 2e-6,
    isKernel: false,
    userRttSeconds: 2e-6,
    localQueueSeconds: Number.NaN,
    ttl: -1,
    isDuplicate: true,
  });
  const packed: number[] = [];
  packEcho(packed, { id: 7, sent: 2, receiveDrops: 0 }, replies);
  packEcho(packed, { id: 8, sent: 3, receiveDrops: 1 }, []);
  const icmpErrors = [{ type: 3, code: 1, from: '198.18.0.1', seq: 2, rttSeconds: 3e-3 }];
  const sendErrors = [{ code: 'EPERM', count: 4 }];

  assert.deepEqual(unpackEchoes(Float64Array.from(packed), [{ id: 8, sendErrors, icmpErrors }]), [
    {
      id: 7,
      result: {
        sent: 2,
        sendErrors: [],
        icmpErrors: [],
        receiveDrops: 0,
        replies: [
          {
            seq: 1,
            rttSeconds: 1.25e-6,
            stamp: 'kernel',
            userRttSeconds: 9e-6,
            localQueueSeconds: 4e-7,
            ttl: 64,
            duplicate: false,
            arrival: 0,
          },
          {
            seq: 0,
            rttSeconds: 2e-6,
            stamp: 'user',
            userRttSeconds: 2e-6,
            localQueueSeconds: null,
            ttl: null,
            duplicate: true,
            arrival: 1,
          },
        ],
      },
    },
    { id: 8, result: { sent: 3, sendErrors, icmpErrors, receiveDrops: 1, replies: [] } },
  ]);
});
