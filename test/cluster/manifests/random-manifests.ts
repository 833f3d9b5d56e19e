import { seededRandom } from '../../support/seeded-random.ts';
import { streamTest } from './odd-manifests.ts';

/** Tests whose fields are each fine and whose rules may be broken: what stands between fields, over and over. */
export function randomManifests(count: number, seed: number): object[] {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const some = <T>(make: () => T): T | undefined => (random() < 0.5 ? make() : undefined);
  const list = <T>(most: number, make: (i: number) => T): T[] =>
    Array.from({ length: 1 + Math.floor(random() * most) }, (_, i) => make(i));

  const duration = (): string => pick(['1s', '2s', '5s', '10s', '30s', '1m', '90s', '1h']);
  const destination = (i: number): object => ({
    name: random() < 0.9 ? `d${i}` : 'd0',
    ...pick([
      { host: 'edge.example.net' },
      { url: 'https://shop.example.net/' },
      { service: { name: 'checkout', port: 8_443 } },
      { agents: {} },
      ...(random() < 0.1 ? [{ host: 'a', agents: {} }, {}] : []),
    ]),
  });
  const kind = (): object =>
    pick<() => object>([
      () => ({
        icmp: {
          count: some(() => pick([1, 10, 20, 50, 100])),
          every: some(duration),
          timeout: some(() => pick(['10ms', '1s', '2s', '4s', '5s', '10s'])),
        },
      }),
      () => ({ tcp: { every: some(duration), timeout: some(() => pick(['1s', '5s', '6s', '1m'])) } }),
      () => ({ host: { every: some(duration) } }),
      () => (random() < 0.1 ? { mtu: {} } : { host: {} }),
    ])();
  const probe = (i: number): object => ({
    name: random() < 0.6 ? `p${i}` : undefined,
    destinations: random() < 0.3 ? list(2, () => pick(['d0', 'd1', 'd2'])) : undefined,
    ...kind(),
  });
  const spec = (): object => ({
    destinations: list(3, destination),
    probes: some(() => list(3, probe)),
    interval: some(duration),
    duration: some(duration),
    suspend: some(() => pick([true, false])),
    schedule: some(() => ({
      ...pick([{ startAt: '2026-12-01T09:00:00Z' }, { cron: '@daily' }]),
      timeZone: random() < 0.2 ? 'Europe/Berlin' : undefined,
    })),
    ttlAfterFinished: random() < 0.2 ? '1h' : undefined,
  });
  // Through JSON, as it would travel: what is undefined is not there.
  return Array.from({ length: count }, () => JSON.parse(JSON.stringify(streamTest(spec()))) as object);
}
