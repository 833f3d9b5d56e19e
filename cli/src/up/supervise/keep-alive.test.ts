import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Child, Exit } from './child.ts';
import { keepAlive } from './keep-alive.ts';

interface FakeChild extends Child {
  end(): void;
}

function fakeChild(): FakeChild {
  let end: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => {
    end = resolve;
  });
  return { exited, end: () => end({ code: 0, signal: null, error: null }) } as unknown as FakeChild;
}

test('what is stopped while it is started again is stopped once it runs', async () => {
  const children: FakeChild[] = [];
  const stopped: Child[] = [];
  let finishStart = (): void => undefined;
  let isStartedAgain = (): void => undefined;
  const startedAgain = new Promise<void>((resolve) => {
    isStartedAgain = resolve;
  });
  const service = {
    name: 'it',
    async start() {
      const child = fakeChild();
      children.push(child);
      // The second start is ready only after the stop has begun, and takes no notice of it.
      if (children.length === 2) {
        await new Promise<void>((resolve) => {
          finishStart = resolve;
          isStartedAgain();
        });
      }
      return child;
    },
    async stop(child: Child) {
      stopped.push(child);
    },
  };
  const room = { say: () => undefined, now: () => performance.now() };
  const kept = await keepAlive(service, new AbortController().signal, room);
  children[0]?.end();
  await startedAgain;
  const stopping = kept.stop(new AbortController().signal);
  finishStart();
  await stopping;
  assert.equal(stopped.length, 1);
  assert.equal(stopped[0], children[1]);
});
