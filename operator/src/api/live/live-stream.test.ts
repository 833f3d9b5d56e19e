import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { LiveHint } from '@streamswarm/contract';
import { FLUSH_MS, HEARTBEAT_MS, STALLED_MS, startLiveStream } from './live-stream.ts';

function open(highWaterMark: number) {
  const handlers = new Set<(hint: LiveHint) => void>();
  const out = new PassThrough({ highWaterMark });
  out.setEncoding('utf8');
  const stop = startLiveStream(out, (handler) => {
    handlers.add(handler);
    return () => handlers.delete(handler);
  });
  const say = (key: string): void => {
    for (const handler of handlers) handler({ entity: 'tests', key });
  };
  return { out, stop, say, handlers, read: () => (out.read() as string | null) ?? '' };
}

test('hints of a quarter second go out together, each once', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const { say, read, stop } = open(16_384);
  assert.equal(read(), 'retry: 1000\n\n');
  for (const key of ['a/x', 'a/y', 'a/x']) say(key);
  t.mock.timers.tick(FLUSH_MS - 1);
  assert.equal(read(), '');
  t.mock.timers.tick(1);
  assert.equal(read(), 'data: {"entity":"tests","key":"a/x"}\n\ndata: {"entity":"tests","key":"a/y"}\n\n');
  stop();
});

test('a line without news says that it lives', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const { read, stop } = open(16_384);
  read();
  t.mock.timers.tick(HEARTBEAT_MS);
  assert.equal(read(), ':\n\n');
  stop();
});

test('a reader that takes nothing is dropped after a while, and hints have not piled up', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const { out, say, stop } = open(8);
  for (let i = 0; i < 100; i++) {
    say('a/x');
    t.mock.timers.tick(FLUSH_MS);
  }
  assert.equal(out.readableLength, 'retry: 1000\n\n'.length);
  t.mock.timers.tick(STALLED_MS);
  assert.equal(out.destroyed, true);
  stop();
});

test('stop unsubscribes', () => {
  const { handlers, stop } = open(16_384);
  assert.equal(handlers.size, 1);
  stop();
  assert.equal(handlers.size, 0);
});
