import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PATTERN_BYTE, readEchoReply, readQuotedRequest, writeEchoRequest } from './echo-frame.ts';

/** RFC 1071: the ones' complement sum over a message with its checksum is all ones. */
function onesComplementSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return sum;
}

function message(size: number, counter: number): Uint8Array {
  const bytes = new Uint8Array(8 + Math.max(size, 6)).fill(PATTERN_BYTE);
  const frame = { family: 4, identifier: 0xabcd, counter, size } as const;
  writeEchoRequest(new DataView(bytes.buffer), 0, frame);
  return bytes.subarray(0, 8 + size);
}

for (const size of [0, 1, 2, 3, 4, 5, 6, 7, 56, 57, 1_472, 65_507]) {
  test(`the checksum holds for ${size} bytes of data`, () => {
    for (const counter of [0, 1, 0xffff, 0xfffffffe]) {
      assert.equal(onesComplementSum(message(size, counter)), 0xffff);
    }
  });
}

test('two packets with room for the balance have one checksum', () => {
  for (const size of [6, 7, 56]) {
    const sums = [0, 1, 0xffff, 0x10000, 0x7fff8000, 0xfffffffe].map((counter) =>
      new DataView(message(size, counter).slice().buffer).getUint16(2),
    );
    assert.deepEqual(new Set(sums).size, 1, `${size} bytes: ${sums}`);
  }
});

test('a reply is known by identifier, sequence and, where it fits, token', () => {
  const bytes = message(56, 0x12345678).slice();
  bytes[0] = 0;
  const view = new DataView(bytes.buffer);
  const datagram = { family: 4, withIpHeader: false } as const;
  const full = { identifier: 0xabcd, sequence: 0x5678, counter: 0x12345678 };
  assert.deepEqual(readEchoReply(view, 0, bytes.length, datagram), full);
  assert.deepEqual(readEchoReply(view, 0, 11, datagram), { ...full, counter: null });
  assert.equal(readEchoReply(view, 0, 7, datagram), null);
});

test('a raw IPv4 reply stands behind an IP header with options', () => {
  const bytes = new Uint8Array(24 + 20);
  bytes[0] = 0x46;
  bytes.set(message(12, 7), 24);
  bytes[24] = 0;
  const found = readEchoReply(new DataView(bytes.buffer), 0, bytes.length, { family: 4, withIpHeader: true });
  assert.equal(found?.sequence, 7);
});

test('only an echo request of our family is a quoted request', () => {
  const view = new DataView(message(8, 9).slice().buffer);
  assert.equal(readQuotedRequest(view, 0, 16, 4)?.sequence, 9);
  assert.equal(readQuotedRequest(view, 0, 16, 6), null);
});
