import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { KubeError } from './kube-error.ts';
import { watchReachability } from './reachability.ts';
import { SimulatedTimers } from './simulated-timers.ts';

const unreachable = new KubeError('refused', { status: 0, reason: 'Unreachable' });

function start(): {
  timers: SimulatedTimers;
  server: { answer: Error | 'ok'; asked: number };
  reachability: ReturnType<typeof watchReachability>;
} {
  const timers = new SimulatedTimers();
  const server: { answer: Error | 'ok'; asked: number } = { answer: unreachable, asked: 0 };
  const send = async (): Promise<unknown> => {
    server.asked++;
    if (server.answer !== 'ok') throw server.answer;
    return server.answer;
  };
  const logger = pino({ level: 'silent' });
  return { timers, server, reachability: watchReachability({ send }, { timers, logger }) };
}

test('all who wait hear of the return once, and nothing is asked without them', async () => {
  const { timers, server, reachability } = start();
  await timers.pass(10_000);
  assert.equal(server.asked, 0);
  const heard: string[] = [];
  reachability.onReturn(() => heard.push('a'));
  reachability.onReturn(() => heard.push('b'));
  const giveUp = reachability.onReturn(() => heard.push('c'));
  giveUp();
  await timers.pass(10_000);
  assert.equal(server.asked, 10, 'once a second for all');
  server.answer = 'ok';
  await timers.pass(1_000);
  assert.deepEqual(heard, ['a', 'b']);
  await timers.pass(10_000);
  assert.equal(server.asked, 11);
  assert.equal(timers.pending, 0);
});

test('a server that was never away does not return', async () => {
  const { timers, server, reachability } = start();
  server.answer = 'ok';
  let isHeard = false;
  const giveUp = reachability.onReturn(() => {
    isHeard = true;
  });
  await timers.pass(10_000);
  assert.equal(isHeard, false);
  giveUp();
  assert.equal(timers.pending, 0);
});

test('a server that hides /readyz is there; one that is not ready is not', async () => {
  const { timers, server, reachability } = start();
  let returns = 0;
  server.answer = new KubeError('not ready', { status: 500, reason: '' });
  reachability.onReturn(() => returns++);
  await timers.pass(2_000);
  server.answer = new KubeError('forbidden', { status: 403, reason: 'Forbidden' });
  await timers.pass(1_000);
  assert.equal(returns, 1);
  reachability.stop();
});
