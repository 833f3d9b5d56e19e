import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IN_FLIGHT_LIMIT, InFlightTable } from './in-flight-table.ts';

test('a packet is found by sequence number and token', () => {
  const table = new InFlightTable<string>(0xfffffffe);
  const slot = table.take('a', 3);
  const counter = table.counterOf(slot);
  assert.equal(counter, 0xffffffff);
  assert.equal(table.slotOfSequence(0xffff, counter), slot);
  assert.equal(table.slotOfSequence(0xffff, null), slot);
  assert.equal(table.slotOfCounter(counter), slot);
  assert.equal(table.owner(slot), 'a');
  assert.equal(table.indexes[slot], 3);
});

test('a reply to an earlier packet of the same sequence number is not taken for this one', () => {
  const table = new InFlightTable<string>(0x1_0005);
  const slot = table.take('a', 0);
  assert.equal(table.slotOfSequence(6, 0x0_0006), -1);
  assert.equal(table.slotOfSequence(6, 0x1_0006), slot);
  // The other half of the sequence numbers shares the slot, not the number.
  assert.equal(table.slotOfSequence(0x8006, null), -1);
  table.free(slot);
  assert.equal(table.slotOfSequence(6, null), -1);
});

test('slots that are taken are passed over, and when all are there is none', () => {
  const table = new InFlightTable<number>(0);
  const first = table.take(0, 0);
  for (let i = 1; i < IN_FLIGHT_LIMIT; i++) table.free(table.take(i, 0));
  assert.notEqual(table.take(1, 0), first);
  while (table.take(2, 0) >= 0);
  assert.equal(table.owner(first), 0);
  table.free(first);
  assert.equal(table.take(3, 0), first);
});
