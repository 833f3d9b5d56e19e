import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideRetry, type Failure } from './decide-retry.ts';
import { KubeError } from './kube-error.ts';

const unreachable = new KubeError('cut', { status: 0, reason: 'Unreachable' });
const gone = new KubeError('gone', { status: 410, reason: 'Expired' });
const busy = new KubeError('busy', { status: 429, reason: 'TooManyRequests', retryAfterMs: 7_000 });
const broken = new KubeError('broken', { status: 500, reason: 'InternalError' });
const base: Failure = { error: unreachable, openMs: null, sinceListMs: 60_000, failuresInRow: 1 };

const cases: [string, Partial<Failure>, ReturnType<typeof decideRetry>][] = [
  ['no connection', {}, { next: 'watch', wait: 'back-off' }],
  ['a watch that held was cut', { openMs: 20_000 }, { next: 'watch', wait: 'soon' }],
  ['a watch breaks as soon as it is open', { openMs: 5 }, { next: 'watch', wait: 'back-off' }],
  ['the third failure in a row', { failuresInRow: 3 }, { next: 'list', wait: 'back-off' }],
  ['410', { error: gone }, { next: 'list', wait: 'soon' }],
  ['410 right after a list', { error: gone, sinceListMs: 20 }, { next: 'list', wait: 'back-off' }],
  ['Retry-After', { error: busy, openMs: 20_000 }, { next: 'watch', wait: 7_000 }],
  ['500 on a watch that held', { error: broken, openMs: 20_000 }, { next: 'watch', wait: 'back-off' }],
  ['something unforeseen', { error: new Error('?') }, { next: 'watch', wait: 'back-off' }],
];

for (const [what, failure, retry] of cases) {
  test(what, () => assert.deepEqual(decideRetry({ ...base, ...failure }), retry));
}
