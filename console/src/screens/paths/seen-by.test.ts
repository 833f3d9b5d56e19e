import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PathChange, PathChanges } from '@streamswarm/contract/wire/traces';
import { seenBy } from './seen-by.ts';

const at = (clock: string): string => `2026-11-24T${clock}.000Z`;
const change = (agent: string, ...clocks: string[]): PathChange => ({
  namespace: 'shop',
  test: 'edge',
  probe: 'trace',
  agent,
  destination: 'edge',
  changes: clocks.length,
  times: clocks.map(at),
});
const of = (agents: number, ...changed: PathChange[]): PathChanges => ({
  from: at('09:00:00'),
  to: at('10:00:00'),
  streams: agents,
  agents,
  changed,
});
const moment = { atMs: Date.parse(at('09:07:15')), periodMs: 60_000 };

test('those that saw a change within a period of this one are counted, of all that trace there', () => {
  const changes = of(
    12,
    change('a', '09:07:15'),
    change('b', '09:40:00', '09:08:01'),
    change('c', '09:09:00'),
  );
  assert.equal(seenBy(changes, moment), 'seen by 2 of 12 agents within 1\u00a0m');
});

test('an agent alone saw what it saw', () => {
  assert.equal(seenBy(of(1, change('a', '09:07:15')), moment), null);
});

test('where not all changes of that time are known no number is told', () => {
  const cut = { ...change('b', '09:50:00', '09:40:00'), changes: 90 };
  assert.equal(seenBy(of(12, change('a', '09:07:15'), cut), moment), null);
  assert.equal(seenBy(of(12), moment), null, 'not even this one has come in');
});
