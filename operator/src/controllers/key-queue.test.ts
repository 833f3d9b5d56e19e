import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { startKeyQueue } from './key-queue.ts';

const logger = pino({ level: 'silent' });

test('a key added while it is in work is done once more, one added twice is done once', async () => {
  const done: string[] = [];
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const queue = startKeyQueue({
    logger,
    async process(key) {
      done.push(key);
      if (key === 'a' && done.length === 1) queue.add('a');
      if (key === 'z') finish();
    },
  });
  for (const key of ['a', 'b', 'b', 'z']) queue.add(key);
  await finished;
  await queue.stop();
  assert.deepEqual(done.toSorted(), ['a', 'a', 'b', 'z']);
});

test('a key that fails comes back', async () => {
  let tries = 0;
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const queue = startKeyQueue({
    logger,
    async process() {
      if (++tries < 3) throw new Error('not yet');
      finish();
    },
  });
  queue.add('a');
  await finished;
  await queue.stop();
  assert.equal(tries, 3);
});
