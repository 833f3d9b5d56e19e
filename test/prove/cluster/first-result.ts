import { quantile } from '../../bench/figure.ts';
import type { InstalledProduct } from '../../support/installed-product.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { manifest } from './manifests.ts';

export interface FirstResultFigures {
  readonly tries: number;
  /** From the start of `kubectl apply` until lastResultTime stands in the status, s. */
  readonly statusSecondsP50: number;
  readonly statusSecondsP95: number;
  /** Until the API that the console reads has a result, s. */
  readonly apiSecondsP50: number;
  readonly apiSecondsP95: number;
}

/** How soon the first result of the earliest agent is there, one test at a time. */
export async function firstResult(product: InstalledProduct, tries: number): Promise<FirstResultFigures> {
  const inStatus: number[] = [];
  const inApi: number[] = [];
  for (let n = 0; n < tries; n++) {
    const name = `first-${n}`;
    const text = manifest(name, {
      destinations: [{ name: 'outside', host: product.cluster.hostAddress }],
      probes: [{ icmp: { count: 1 } }],
      interval: '5s',
    });
    const startedMs = performance.now();
    const since = (): number => (performance.now() - startedMs) / 1_000;
    const applied = product.kubectl(['apply', '-f', '-'], text);
    const api = waitUntil(
      'the API has a result',
      async () => {
        const answer = await fetch(`${product.api()}/api/v1/tests/default/${name}`);
        if (!answer.ok) return null;
        const { summary } = (await answer.json()) as { summary: { lastResultTime: string | null } };
        return summary.lastResultTime === null ? null : since();
      },
      { everyMs: 20 },
    );
    await applied;
    const status = waitUntil(
      'the status has a result',
      async () => ((await product.status('default', name))?.lastResultTime === undefined ? null : since()),
      { everyMs: 20 },
    );
    inApi.push(await api);
    inStatus.push(await status);
    await product.kubectl(['delete', 'stt', name, '-n', 'default', '--wait=false']);
  }
  return {
    tries,
    statusSecondsP50: quantile(inStatus, 0.5),
    statusSecondsP95: quantile(inStatus, 0.95),
    apiSecondsP50: quantile(inApi, 0.5),
    apiSecondsP95: quantile(inApi, 0.95),
  };
}
