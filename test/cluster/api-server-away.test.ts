import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { needsControlPlane, toolsProblem } from '../support/cluster/lab-needs.ts';
import { type ClusterStreet, startClusterStreet } from '../support/cluster-street.ts';
import { waitUntil } from '../support/wait-until.ts';

let street: ClusterStreet | undefined;

before(async () => {
  if (toolsProblem() !== null) return;
  street = await startClusterStreet();
  street.agent('h1').start();
});
after(() => street?.stop());

const manifest = (name: string): string =>
  JSON.stringify({
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name, namespace: 'default' },
    spec: {
      destinations: [{ name: 'a', host: '127.0.0.1' }],
      probes: [{ icmp: { count: 1 } }],
      interval: '1s',
    },
  });

test('without its API server the operator stays up, agents measure, reads go on and writes say why not', async (t) => {
  if (!needsControlPlane(t) || street === undefined) return;
  const { plane, operator } = street;
  await street.kubectl(['apply', '-f', '-'], manifest('steady'));
  const okNow = async (): Promise<number> => (await street?.books('?namespace=default&test=steady'))?.ok ?? 0;
  await waitUntil('results come', async () => (await okNow()) > 0);

  await plane.faults.killApiServer();
  const before = await okNow();
  await waitUntil('measuring goes on', async () => (await okNow()) > before + 3);
  const read = await fetch(`${operator.api}/api/v1/tests/default/steady`);
  assert.equal(read.status, 200);
  const write = await fetch(`${operator.api}/api/v1/tests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: manifest('late'),
  });
  assert.equal(write.status, 503);
  assert.equal(((await write.json()) as { code: string }).code, 'cluster-unavailable');
  assert.equal((await fetch(`${operator.api}/readyz`)).status, 200);
  assert.equal(operator.process.running, true);

  await plane.faults.startApiServer();
  const lastBefore = (await street.status('default', 'steady'))?.lastResultTime ?? '';
  await street.kubectl(['apply', '-f', '-'], manifest('after'));
  await waitUntil(
    'a new test is measured',
    async () => ((await street?.status('default', 'after'))?.lastResultTime ?? null) !== null,
  );
  await waitUntil(
    'the status of the old one moves on',
    async () => ((await street?.status('default', 'steady'))?.lastResultTime ?? '') > lastBefore,
  );
  assert.equal((await street.books()).unaccounted, 0);
});

test('what was deleted and made anew while the operator was away is seen as both', async (t) => {
  if (!needsControlPlane(t) || street === undefined) return;
  const { operator } = street;
  await street.kubectl(['apply', '-f', '-'], manifest('twin'));
  await waitUntil(
    'it is measured',
    async () => (await street?.status('default', 'twin'))?.lastResultTime ?? null,
  );
  await operator.process.signal('SIGTERM');
  await street.kubectl(['delete', 'stt', 'twin', '-n', 'default']);
  await street.kubectl(['apply', '-f', '-'], manifest('twin'));
  operator.process.start();
  await waitUntil(
    'the new one is measured',
    async () => (await street?.status('default', 'twin'))?.lastResultTime ?? null,
  );
  assert.equal((await street.status('default', 'twin'))?.run?.number, 1);
  const books = await street.books('?namespace=default&test=twin');
  assert.equal(books.unaccounted, 0);
});
