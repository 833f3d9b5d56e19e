import { firstResult } from '../prove/cluster/first-result.ts';
import { installProduct } from '../support/installed-product.ts';
import type { Figure } from './figure.ts';

const TRIES = 20;

/** On three real nodes: from the start of `kubectl apply` until the first result of the earliest agent is there. */
export async function clusterFirstResult(): Promise<Figure[]> {
  const product = await installProduct({ nodes: 3 });
  try {
    const { statusSecondsP50, statusSecondsP95, apiSecondsP50, apiSecondsP95 } = await firstResult(
      product,
      TRIES,
    );
    const figure = (name: string, value: number): Figure => ({
      name: `cluster: ${name}`,
      value,
      unit: 's',
      better: 'lower',
      target: 2,
    });
    return [
      figure('apply -> first result in status, p50', statusSecondsP50),
      figure('apply -> first result in status, p95', statusSecondsP95),
      figure('apply -> first result in the API, p50', apiSecondsP50),
      figure('apply -> first result in the API, p95', apiSecondsP95),
    ];
  } finally {
    await product.stop();
  }
}
