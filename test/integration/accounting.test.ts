import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { countSlotsOfBatch } from '../support/spooled-slots.ts';
import { type Street, startStreet } from '../support/street.ts';
import { loopbackTest } from '../support/street-manifest.ts';
import { waitUntil } from '../support/wait-until.ts';

let street: Street;
before(async () => {
  street = await startStreet();
});
after(() => street.stop());

const stop = async (name: string): Promise<void> => {
  assert.equal(
    (await fetch(`${street.api}/api/v1/tests/default/${name}/stop`, { method: 'POST' })).status,
    200,
  );
};
const settled = (name: string) =>
  waitUntil(`the books of ${name} to close`, async () => {
    const books = await street.books(`?test=${name}`);
    return books.pending === 0 && books;
  });

test('scheduled is what the manifest and the times of its revisions say, to the slot', {
  timeout: 120_000,
}, async () => {
  const manifest = loopbackTest('law', { destinations: 2 });
  await street.apply(manifest);
  await delay(3_300);
  manifest.spec.destinations.push({ name: 'late', host: '127.0.0.9' });
  await street.apply(manifest);
  await delay(3_300);
  await stop('law');
  const books = await settled('law');

  const response = await fetch(`${street.api}/api/v1/tests/default/law/revisions`);
  const revisions = (
    (await response.json()) as {
      items: {
        stream: string;
        destination: string;
        probe: string;
        from: string;
        to: string;
        start: string;
      }[];
    }
  ).items;
  assert.deepEqual(revisions.map((revision) => [revision.probe, revision.destination].join(' ')).toSorted(), [
    'host ',
    'icmp d0',
    'icmp d1',
    'icmp late',
  ]);
  // Its own arithmetic, from the rules of the books alone.
  const periodMs = 1_000;
  let scheduled = 0;
  for (const { stream, from, to, start } of revisions) {
    const [fromMs, toMs, startMs] = [Date.parse(from), Date.parse(to), Date.parse(start)];
    const offsetMs = Number(BigInt(stream) % BigInt(periodMs));
    if (fromMs < toMs) scheduled++;
    for (let n = Math.floor((fromMs - startMs) / periodMs) + 1; startMs + n * periodMs + offsetMs < toMs; n++)
      scheduled++;
  }
  assert.equal(books.scheduled, scheduled);
  assert.equal(books.unaccounted, 0);
  assert.ok(books.ok > 0);
  assert.equal(books.scheduled, books.ok + books.lost + books.error + books.denied + books.dropped);
  const [agent] = books.agents;
  assert.equal((await street.books(`?test=law&agent=${agent?.agent}`)).scheduled, scheduled);
  assert.equal((await street.books('?test=law&agent=nobody')).scheduled, 0);
});

test('an agent that is gone is pending and no alarm; when it returns its gap is dropped, down', {
  timeout: 180_000,
}, async () => {
  await street.apply(loopbackTest('outage', { destinations: 2 }));
  await waitUntil('results', async () => (await street.books('?test=outage')).ok > 5);
  await street.agent.signal('SIGKILL');
  const silent = await waitUntil('the silence to be noticed', async () => {
    const books = await street.books('?test=outage');
    return (books.reasons['pending.silent'] ?? 0) > 30 && books;
  });
  assert.equal(silent.unaccounted, 0);
  street.agent.start();
  await waitUntil('new results', async () => (await street.books('?test=outage')).ok > silent.ok);
  await stop('outage');
  const books = await settled('outage');
  assert.equal(books.unaccounted, 0);
  assert.ok((books.reasons['dropped.down'] ?? 0) > 30, JSON.stringify(books.reasons));
});

test('a spooled batch deleted by hand is unaccounted, exactly its slots', { timeout: 180_000 }, async () => {
  await street.apply(loopbackTest('deleted', { destinations: 3 }));
  await waitUntil('results', async () => (await street.books('?test=deleted')).ok > 5);
  street.proxy.mode = 'cut';
  const batches = async () =>
    (await readdir(street.spoolDir)).filter((file) => file.endsWith('.batch')).sort();
  await waitUntil('batches in the spool', async () => (await batches()).length >= 6);
  const victim = (await batches())[2] ?? '';
  const path = join(street.spoolDir, victim);
  const slots = await countSlotsOfBatch(path);
  await rm(path);
  street.proxy.mode = 'pass';
  await waitUntil('the spool to drain', async () => (await batches()).length <= 1);
  await stop('deleted');
  const books = await settled('deleted');
  assert.ok(slots > 0);
  assert.equal(books.unaccounted, slots);
});
