import type { Results } from '@streamswarm/contract';
import { startStreet } from '../support/street.ts';
import { loopbackTest } from '../support/street-manifest.ts';
import { waitUntil } from '../support/wait-until.ts';
import { type Figure, quantile } from './figure.ts';

const TRIES = 30;

/** From the PUT of a new test to the first of its results in the API, polled every 10 ms. */
export async function applyToFirstResult(): Promise<Figure[]> {
  const street = await startStreet();
  try {
    await street.apply(loopbackTest('warm', { destinations: 1 }));
    await waitUntil('results', async () => (await street.books('?test=warm')).ok > 0);
    const seconds: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      const startedAt = performance.now();
      await street.apply(loopbackTest(`try-${i}`, { destinations: 1, over: { probes: [{ icmp: {} }] } }));
      await waitUntil('the first result', () => hasResult(street.api, `try-${i}`), { everyMs: 10 });
      seconds.push((performance.now() - startedAt) / 1_000);
      await fetch(`${street.api}/api/v1/tests/default/try-${i}`, { method: 'DELETE' });
    }
    const figure = (name: string, value: number, target?: number): Figure => ({
      name,
      value,
      unit: 's',
      better: 'lower',
      ...(target === undefined ? {} : { target }),
    });
    return [
      figure('apply -> first result, median', quantile(seconds, 0.5)),
      figure('apply -> first result, p95', quantile(seconds, 0.95), 2),
    ];
  } finally {
    await street.stop();
  }
}

async function hasResult(api: string, name: string): Promise<boolean> {
  const response = await fetch(
    `${api}/api/v1/tests/default/${name}/results?probe=icmp&metric=rtts_seconds&range=15m&step=1s`,
  );
  if (!response.ok) return false;
  const results = (await response.json()) as Results;
  return results.series.some((series) => series.n.some((n) => n > 0));
}
