import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from './backoff.ts';
import { notReached } from './not-reached.ts';
import { RefusedError } from './operator-http.ts';
import { waitAfter } from './wait-after.ts';

const silence = notReached('ETIMEDOUT', 'nobody answered');
const refused = Object.assign(new Error('nobody listens'), { code: 'ECONNREFUSED' });
const busy = new RefusedError('a batch', { status: 503, retryAfter: '1', detail: 'busy' });
const AGENTS = 1_000;

/** Numerical Recipes' generator: every run draws the same. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function longestWaits(error: Error, before: readonly Error[] = []): number[] {
  const backoff = new Backoff({ longestMs: 10_000, random: () => 1 });
  for (const one of before) waitAfter(one, backoff, 0);
  return Array.from({ length: 8 }, () => waitAfter(error, backoff, 0));
}

/** The most that fall into one of the spans of that width. */
function busiest(times: readonly number[], widthMs: number): number {
  const counts = new Map<number, number>();
  for (const time of times) {
    const span = Math.floor(time / widthMs);
    counts.set(span, (counts.get(span) ?? 0) + 1);
  }
  return Math.max(...counts.values());
}

test('while nothing answers, the wait stays below two seconds; a refusal lets it grow to the longest', () => {
  assert.deepEqual(longestWaits(silence), [200, 400, 800, 1_600, 2_000, 2_000, 2_000, 2_000]);
  assert.deepEqual(longestWaits(refused), [200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000]);
});

test('a silence after refusals is asked again soon, and a refusal after a long silence begins where that was', () => {
  assert.equal(longestWaits(silence, Array(8).fill(refused))[0], 2_000);
  assert.deepEqual(longestWaits(refused, Array(8).fill(silence)).slice(0, 3), [2_000, 4_000, 8_000]);
});

test('what the operator asks for is kept, and jitter comes on top', () => {
  assert.deepEqual(longestWaits(busy).slice(0, 3), [1_200, 1_400, 1_800]);
  const never = new Backoff({ longestMs: 10_000, random: () => 0 });
  assert.equal(waitAfter(busy, never, 0), 1_000);
});

/**
 * A way that is cut for a minute, seen by agents that lost it at the same moment: a try asks at 0, 1 and 2 s, as the
 * SYNs of a kernel do, and is given up after 3 s. When, after the heal, does each one get through?
 */
function heardAfterHeal(random: () => number): number {
  const HEAL_MS = 60_000;
  const backoff = new Backoff({ longestMs: 10_000, random });
  let now = waitAfter(silence, backoff, 0);
  for (;;) {
    for (const syn of [0, 1_000, 2_000]) if (now + syn >= HEAL_MS) return now + syn - HEAL_MS;
    now += 3_000 + waitAfter(silence, backoff, 0);
  }
}

test('a thousand agents whose way is healed are there within three seconds, and not at once', () => {
  const random = seeded(20_261_128);
  const heard = Array.from({ length: AGENTS }, () => heardAfterHeal(random)).sort((a, b) => a - b);
  assert.ok((heard.at(-1) ?? 0) <= 3_000, `${heard.at(-1)}`);
  assert.ok((heard[AGENTS / 2] ?? 0) < 1_000, `${heard[AGENTS / 2]}`);
  assert.ok(busiest(heard, 100) < AGENTS / 8, `${busiest(heard, 100)} in a tenth of a second`);
});

test('a thousand agents that are told to come back in a second come spread, and ever more so', () => {
  const random = seeded(7);
  const agents = Array.from({ length: AGENTS }, () => new Backoff({ longestMs: 10_000, random }));
  for (const backoff of agents) for (let i = 0; i < 8; i++) waitAfter(silence, backoff, 0);
  const first = agents.map((backoff) => waitAfter(busy, backoff, 0));
  const second = agents.map((backoff) => waitAfter(busy, backoff, 0));
  assert.ok(Math.min(...first) >= 1_000);
  assert.ok(busiest(first, 100) < AGENTS / 10, `${busiest(first, 100)}`);
  assert.ok(busiest(second, 100) < AGENTS / 20, `${busiest(second, 100)}`);
});
