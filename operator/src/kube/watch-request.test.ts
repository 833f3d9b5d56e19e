import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubeError } from './kube-error.ts';
import type { KubeTransport, StreamHandlers } from './kube-transport.ts';
import { CONFIG_MAPS } from './objects.ts';
import { SimulatedTimers } from './simulated-timers.ts';
import { startWatchRequest, type WatchRequest } from './watch-request.ts';

/** Bytes as they come, without a server: how they are cut into chunks is what a real one does not do on demand. */
function open(overrides: Partial<WatchRequest<never>> = {}): {
  readonly timers: SimulatedTimers;
  readonly heard: string[];
  readonly ends: (KubeError | null)[];
  feed(chunk: Buffer): void;
  end(): void;
} {
  const timers = new SimulatedTimers();
  const heard: string[] = [];
  const ends: (KubeError | null)[] = [];
  let handlers: StreamHandlers | null = null;
  const transport: Pick<KubeTransport, 'stream'> = {
    stream(_request, given) {
      handlers = given;
      return () => undefined;
    },
  };
  startWatchRequest<never>(transport, CONFIG_MAPS, {
    timers,
    resourceVersion: '1',
    timeoutSeconds: 300,
    idleMs: 90_000,
    onHeard: () => undefined,
    onEvent: ({ type, object }) => heard.push(`${type} ${JSON.stringify(object)}`),
    onBookmark: (resourceVersion) => heard.push(`BOOKMARK ${resourceVersion}`),
    onEnd: (error) => ends.push(error),
    ...overrides,
  });
  return {
    timers,
    heard,
    ends,
    feed: (chunk) => handlers?.onChunk(chunk),
    end: () => handlers?.onEnd(null),
  };
}

const about = { apiVersion: 'v1', kind: 'ConfigMap' };
const event = (type: string, name: string, text: string): string =>
  JSON.stringify({
    type,
    object: { ...about, metadata: { name, uid: name, resourceVersion: '7' }, data: { text } },
  });
const LINES = [
  event('ADDED', 'a', 'grüße 🐝'),
  event('MODIFIED', 'a', '€'.repeat(50)),
  JSON.stringify({ type: 'BOOKMARK', object: { ...about, metadata: { resourceVersion: '9' } } }),
  event('DELETED', 'a', ''),
];
const BYTES = Buffer.from(LINES.map((line) => `${line}\n`).join(''));

test('events do not depend on where the bytes are cut', () => {
  const whole = open();
  whole.feed(BYTES);
  assert.equal(whole.heard.length, 4);
  for (const size of [1, 2, 3, 7, 64, 100]) {
    const cut = open();
    for (let at = 0; at < BYTES.length; at += size) cut.feed(BYTES.subarray(at, at + size));
    assert.deepEqual(cut.heard, whole.heard, `chunks of ${size} bytes`);
    assert.deepEqual(cut.ends, []);
  }
});

test('what is cut off is not taken for an event, wherever the cut is', () => {
  const full = Buffer.byteLength(`${LINES[0]}\n`);
  for (let length = 0; length < full; length++) {
    const cut = open();
    cut.feed(BYTES.subarray(0, length));
    cut.end();
    assert.deepEqual(cut.heard, []);
    assert.deepEqual(cut.ends, [null]);
  }
});

test('nothing is heard after a line that is no event', () => {
  for (const line of [
    '{',
    'null',
    '[]',
    '{"type":"ADDED"}',
    '{"type":"ODD","object":{}}',
    event('ADDED', '', ''),
  ]) {
    const watch = open();
    watch.feed(Buffer.from(`${line.replace('ConfigMap', 'Secret')}\n${LINES[0]}\n`));
    assert.deepEqual(watch.heard, [], line);
    assert.equal(watch.ends.length, 1);
    assert.equal(watch.ends[0]?.status, 0);
  }
});

test('what a receiver throws ends the watch, not the process', () => {
  const watch = open({
    onEvent() {
      throw new Error('unforeseen');
    },
  });
  watch.feed(BYTES);
  assert.match(String(watch.ends[0]?.cause), /unforeseen/);
  assert.equal(watch.timers.pending, 0);
});

test('a line without an end does not fill the memory', () => {
  const watch = open();
  for (let megabytes = 0; megabytes < 20; megabytes++) watch.feed(Buffer.alloc(1024 * 1024, 'x'));
  assert.equal(watch.ends.length, 1);
});
