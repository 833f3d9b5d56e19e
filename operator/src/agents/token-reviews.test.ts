import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { TokenFacts } from '../kube/review-token.ts';
import { rememberReviews, TooManyReviews } from './token-reviews.ts';

const FACTS: TokenFacts = {
  username: 'u',
  audiences: [],
  namespace: null,
  serviceAccount: null,
  podName: null,
  podUid: null,
  nodeName: null,
  nodeUid: null,
};

function setUp(answer: (token: string) => Promise<TokenFacts | null> = async () => FACTS) {
  const clock = { nowMs: 0 };
  const asked: string[] = [];
  const review = rememberReviews(
    (token) => {
      asked.push(token);
      return answer(token);
    },
    () => clock.nowMs,
  );
  return { clock, asked, review };
}

test('an accepted token is remembered for ten seconds from when it was asked for, a refused one never', async () => {
  const { clock, asked, review } = setUp(async (token) => (token === 'good' ? FACTS : null));
  for (const nowMs of [0, 9_999, 10_000, 10_001]) {
    clock.nowMs = nowMs;
    assert.equal(await review('good'), FACTS);
    assert.equal(await review('bad'), null);
  }
  assert.deepEqual(asked, ['good', 'bad', 'bad', 'good', 'bad', 'bad']);
});

test('many who show one token at once are one question, and a failure is not remembered', async () => {
  let fails = true;
  const { asked, review } = setUp(async () => {
    if (fails) throw new Error('away');
    return FACTS;
  });
  const all = await Promise.allSettled([review('a'), review('a'), review('a')]);
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set(['rejected']));
  assert.equal(asked.length, 1);
  fails = false;
  assert.equal(await review('a'), FACTS);
});

test('the API server is asked by 32 at once, the others wait their turn, and beyond 2,000 are sent away', async () => {
  const answers: (() => void)[] = [];
  const { asked, review } = setUp(() => new Promise((resolve) => void answers.push(() => resolve(FACTS))));
  const all = Array.from({ length: 32 + 2_000 }, (_, i) => review(`token-${i}`));
  await turn();
  assert.equal(asked.length, 32);
  await assert.rejects(review('one too many'), TooManyReviews);
  let most = 0;
  while (answers.length > 0) {
    most = Math.max(most, answers.length);
    answers.shift()?.();
    await turn();
  }
  assert.equal((await Promise.all(all)).length, 2_032);
  assert.deepEqual([asked.length, most], [2_032, 32]);
});
