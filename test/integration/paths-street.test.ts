import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Accounting, Paths, Results } from '@streamswarm/contract';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

const ENOUGH = 3;
const DESTINATIONS = { four: '127.0.0.1', six: '::1' };

let product: Product;
before(async () => {
  product = await startProduct(['--hello', 'off']);
});
after(() => product?.stop());

async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${product.url}/api/v1/${path}`);
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as T;
}

test('traces go from the agent to the store, and come out as paths', async () => {
  const answer = await fetch(`${product.url}/api/v1/tests/default/ways`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'streamswarm.dev/v1alpha1',
      kind: 'StreamTest',
      metadata: { name: 'ways', namespace: 'default' },
      spec: {
        interval: '1s',
        destinations: Object.entries(DESTINATIONS).map(([name, host]) => ({ name, host })),
        probes: [{ trace: { every: '1s', maxHops: 4 } }],
      },
    }),
  });
  assert.ok(answer.ok, await answer.text());
  const { paths } = await waitUntil('paths', async () => {
    const read = await get<Paths>('tests/default/ways/paths');
    return read.paths.length === 2 && read.paths.every(({ traces }) => traces >= ENOUGH) && read;
  });
  const byName = [...paths].sort((a, b) => a.destination.localeCompare(b.destination));
  for (const [i, [destination, address]] of Object.entries(DESTINATIONS).entries()) {
    const path = byName[i];
    assert.equal(path?.destination, destination);
    assert.equal(path.reached, path.traces);
    const [hop, ...others] = path.hops;
    assert.deepEqual([hop?.ttl, hop?.address, hop?.lost, others], [1, address, 0, []]);
    assert.ok((hop?.sent ?? 0) >= ENOUGH && (hop?.medianSeconds ?? 0) > 0);
  }
  const only = await get<Paths>('tests/default/ways/paths?destination=six&probe=trace');
  assert.deepEqual(
    only.paths.map(({ destination }) => destination),
    ['six'],
  );
  const hops = await get<Results>('tests/default/ways/results?probe=trace&metric=hops');
  assert.ok(hops.series[0]?.mean.some((value) => value === 1));
  const books = await get<Accounting>('accounting?namespace=default&test=ways');
  assert.deepEqual([books.unaccounted, books.lost, books.error], [0, 0, 0], JSON.stringify(books.reasons));
});
