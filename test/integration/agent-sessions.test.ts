import assert from 'node:assert/strict';
import { connect as connectTcp } from 'node:net';
import { type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { nodeAgentId } from '@streamswarm/contract';
import { loadBooks } from '@streamswarm/operator/store/books/load-books';
import { operatorCaStore } from '@streamswarm/operator/store/queries/operator-ca';
import { openOperatorCa } from '@streamswarm/operator/tls/operator-ca';
import { type AgentStreet, goodFacts, SERVER_NAME, startAgentStreet } from '../support/agent-street.ts';
import { waitUntil } from '../support/wait-until.ts';

async function setUp(t: TestContext, options: { sessionMs?: number } = {}): Promise<AgentStreet> {
  const street = await startAgentStreet(options);
  t.after(() => street.stop());
  for (const node of ['worker-1', 'worker-2']) street.tokens.set(node, goodFacts(node));
  return street;
}

const ID = nodeAgentId('worker-1');

async function sessionOf(street: AgentStreet): Promise<{ hash: string; epoch: number } | null> {
  const [row] = await street.db.query<{ hash: string; epoch: number }>(
    `select encode(token_hash, 'hex') as hash, epoch::float8 as epoch from agent_session where agent_id = $1`,
    [ID],
  );
  return row ?? null;
}

const closedBooks = (street: AgentStreet, name: string) =>
  waitUntil('the books to close', async () => {
    const now = await loadBooks(street.db, { test: name });
    return now.pending === 0 && now.scheduled > 0 && now;
  });

test('two replicas that start at once have one CA', async (t) => {
  const street = await setUp(t);
  await street.db.query('delete from operator_ca');
  const store = operatorCaStore(street.db);
  const opened = await Promise.all(Array.from({ length: 5 }, () => openOperatorCa(store, Date.now)));
  assert.equal(new Set(opened.map(({ fingerprint }) => fingerprint)).size, 1);
});

test('sessions end by their time, and not one slot is missed for it', async (t) => {
  const street = await setUp(t, { sessionMs: 1_200 });
  await street.startNodeAgent('worker-1', 'worker-1');
  await waitUntil('a session', () => sessionOf(street));
  // A slot is dropped when it begins a period late: an overloaded machine stalls for 100 ms, not for half a second.
  const plan = await street.plan('short', 'worker-1', 500);
  const seen = new Set<string>();
  await waitUntil('five sessions', async () => {
    seen.add((await sessionOf(street))?.hash ?? '');
    return seen.size >= 5;
  });
  await plan.end();
  const books = await closedBooks(street, 'short');
  assert.deepEqual([books.ok, books.unaccounted], [books.scheduled, 0]);
  assert.ok(!street.log().includes('could not be delivered'), 'nobody has to worry');
});

test('an agent whose node was taken away is not back because it opens another session', async (t) => {
  const street = await setUp(t, { sessionMs: 1_200 });
  await street.startNodeAgent('worker-1', 'worker-1');
  await waitUntil('a session', () => sessionOf(street));
  await street.db.query(`update agent set gone_at = clock_timestamp(), online = false where id = $1`, [ID]);
  const seen = new Set<string>();
  await waitUntil('three more sessions', async () => {
    seen.add((await sessionOf(street))?.hash ?? '');
    return seen.size > 3;
  });
  const [agent] = await street.db.query('select online from agent where id = $1', [ID]);
  assert.deepEqual(agent, { online: false });
  assert.deepEqual(await street.db.query(`select message from event where reason = 'AgentBack'`), []);
});

test('of two agents with one identity the later goes on, the earlier is fenced, and both are seen', async (t) => {
  const street = await setUp(t);
  await street.startNodeAgent('worker-1', 'worker-1');
  const first = await waitUntil('the first session', () => sessionOf(street));
  const plan = await street.plan('twice', 'worker-1', 200);
  await waitUntil('samples of the first', async () => (await loadBooks(street.db, { test: 'twice' })).ok > 3);
  const startMs = performance.now();
  const second = await street.startNodeAgent('worker-1', 'worker-1');
  const event = await waitUntil('an event', async () => {
    const [row] = await street.db.query<{ message: string; warning: boolean }>(
      `select message, warning from event where reason = 'IdentityShared' and agent = 'worker-1'`,
    );
    return row;
  });
  t.diagnostic(`seen ${((performance.now() - startMs) / 1_000).toFixed(1)} s after the second started`);
  const current = await sessionOf(street);
  assert.ok(current !== null && current.epoch > first.epoch && current.hash !== first.hash);
  assert.equal(event.warning, true);
  for (const epoch of [first.epoch, current.epoch]) {
    assert.ok(event.message.includes(new Date(epoch).toISOString()), event.message);
  }
  assert.ok(street.log().includes('A later start of this agent has the session'));
  // Both go on for a while: the one asks in vain, the other is let alone, and it is said once.
  await waitUntil(
    'the first asks again',
    () => street.log().split('two agents have one identity').length > 3,
  );
  assert.equal((await sessionOf(street))?.hash, current.hash);
  assert.equal((await street.db.query(`select 1 from event where reason = 'IdentityShared'`)).length, 1);

  await second.stop();
  await street.db.query(`update agent set last_seen = clock_timestamp() - interval '1 minute'`);
  await waitUntil('the first is let in again', async () => (await sessionOf(street))?.epoch === first.epoch);
  const before = await loadBooks(street.db, { test: 'twice' });
  await waitUntil(
    'it is heard',
    async () => (await loadBooks(street.db, { test: 'twice' })).ok > before.ok + 3,
  );
  await plan.end();
  const books = await closedBooks(street, 'twice');
  const { ok, dropped, scheduled, surplus } = books;
  t.diagnostic(`${ok} ok and ${dropped} dropped of ${scheduled}, ${surplus} answered twice`);
  // The second has a spool of its own here: what the first had not delivered yet it calls dropped, if it is first.
  assert.deepEqual([ok + dropped, books.unaccounted], [scheduled, 0]);
});

test('an agent of one node cannot end the session of another', async (t) => {
  const street = await setUp(t);
  await street.startNodeAgent('worker-1', 'worker-1');
  const before = await waitUntil('a session', () => sessionOf(street));
  // Its token is of worker-2, whatever NODE_NAME says.
  await street.startNodeAgent('worker-1', 'worker-2');
  await waitUntil('a refusal', () => street.log().includes('claims the identity of another'));
  assert.deepEqual(await sessionOf(street), before);
});

test('clients that are slow or silent are cut off, and agents are served meanwhile', async (t) => {
  const street = await setUp(t);
  const port = Number(new URL(street.listener.url).port);
  const silentTcp = Array.from({ length: 100 }, () => connectTcp(port, '127.0.0.1'));
  const tls = { port, host: '127.0.0.1', servername: SERVER_NAME, ca: street.ca.caPem };
  const silentTls = Array.from({ length: 50 }, () => connectTls(tls));
  const dripping = Array.from({ length: 50 }, () => {
    const socket = connectTls(tls, () => socket.write('POST /agent/v1/session HTTP/1.1\r\nHost: a\r\n'));
    const timer = setInterval(() => socket.write('x: y\r\n'), 300);
    socket.on('close', () => clearInterval(timer));
    return socket;
  });
  const all = [...silentTcp, ...silentTls, ...dripping];
  let open = all.length;
  for (const socket of all) {
    socket.on('error', () => undefined);
    socket.on('close', () => open--);
    socket.resume();
  }
  t.after(() => all.forEach((socket) => void socket.destroy()));
  const startMs = performance.now();
  await street.startNodeAgent('worker-1', 'worker-1');
  await waitUntil('a session beside them', () => sessionOf(street));
  t.diagnostic(`an agent had its session after ${(performance.now() - startMs).toFixed(0)} ms`);
  await waitUntil('all of them are cut off', () => open === 0);
  t.diagnostic(`200 slow clients were cut off after ${((performance.now() - startMs) / 1_000).toFixed(0)} s`);
});

test('a body that is too large is refused before it is read', async (t) => {
  const street = await setUp(t);
  const port = Number(new URL(street.listener.url).port);
  const send = (authorization: string, bytes: number): Promise<string> =>
    new Promise((resolve) => {
      let said = '';
      const socket = connectTls({ port, host: '127.0.0.1', servername: SERVER_NAME, ca: street.ca.caPem });
      socket.on('data', (chunk) => {
        said += chunk.toString();
        resolve(said.split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.on('error', () => resolve('cut off'));
      socket.write(
        `POST /agent/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n` +
          `Authorization: Bearer ${authorization}\r\nContent-Length: ${bytes}\r\n\r\n`,
      );
    });
  assert.match(await send('a stranger'.replace(' ', '-'), 1_000_000_000), / 401 /);
  assert.match(await send('worker-1', 1_000_000_000), / 413 /);
});
