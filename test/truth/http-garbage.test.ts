import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../agent/src/probes/http/run-http.ts';
import { ownReach } from '../support/phases/own-reach.ts';
import { seededRandom } from '../support/seeded-random.ts';

const ROUNDS = 40;
const TIMEOUT_MS = 150;
const SEED = Number(process.env['SEED'] ?? Date.now() % 1e6);

/** Frames of HTTP/2: SETTINGS, then headers `:status 200` of stream 1, then data. */
const FRAMES = Buffer.from('000000040000000000' + '0000010104000000018800000500000000000168656c6c6f', 'hex');
const PAGE = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncache-status: a; hit\r\n\r\nhello');

/** The answer with some bytes that are not those of the protocol, or with its end missing. */
function spoiled(answer: Buffer, round: number, random: () => number): Buffer {
  const byte = (): number => Math.floor(random() * 256);
  const copy = Buffer.concat([answer, Buffer.from(Array.from({ length: round % 7 }, byte))]);
  for (let i = 0; i < (round % 5) + 1; i++) copy[Math.floor(random() * copy.length)] = byte();
  return round % 4 === 0 ? copy.subarray(0, round % copy.length) : copy;
}

test('whatever a server answers, a slot ends in time with a word for it', async (t) => {
  const random = seededRandom(SEED);
  const outcomes = new Map<string, number>();
  let round = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      socket.write(spoiled(bytes.subarray(0, 3).toString() === 'PRI' ? FRAMES : PAGE, round, random));
      if (round % 3 === 0) socket.end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = new URL(`http://shop.example.net:${(server.address() as AddressInfo).port}/`);
  for (; round < ROUNDS; round++) {
    for (const protocol of ['http/1.1', 'h2']) {
      const wish = { protocol, requests: 1 + (round % 3), timeout: `${TIMEOUT_MS}ms` };
      const settings = httpSettings(round % 2 === 0 ? wish : { ...wish, uploadBytes: 100_000 }, 10_000);
      const beganMs = performance.now();
      const outcome = await runHttp(url, settings, ownReach('127.0.0.1'));
      const tookMs = performance.now() - beganMs;
      // Far more than a busy machine needs: what it must not do is wait for ever.
      assert.ok(tookMs < 100 * TIMEOUT_MS, `seed ${SEED}, round ${round} took ${tookMs} ms`);
      assert.ok(
        outcome.outcome === 'ok' || (outcome.outcome === 'error' && outcome.reason),
        JSON.stringify(outcome),
      );
      const words = `${protocol} ${outcome.outcome === 'ok' ? 'ok' : outcome.reason}`;
      outcomes.set(words, (outcomes.get(words) ?? 0) + 1);
    }
  }
  t.diagnostic(`seed ${SEED}: ${JSON.stringify(Object.fromEntries(outcomes))}`);
});
