import { isProbeName, PROBES, type ProbeName } from '../probes/catalogue.ts';
import type { Metric } from '../probes/probe.ts';
import { quantityValue } from './quantity-value.ts';
import type { StreamTestSpec } from './stream-test.ts';

/** A threshold as machines compare it. */
export interface Limit {
  readonly kind: ProbeName;
  /** Metric of the kind. */
  readonly metric: string;
  readonly side: 'above' | 'below';
  /** In the metric's unit. */
  readonly bound: number;
  /** Consecutive measured slots that break it. */
  readonly slots: number;
}

/** Metrics that a limit can be set on: one number a slot. */
export function hasLimits({ kind }: Metric): boolean {
  return kind !== 'samples' && kind !== 'state' && kind !== 'detail';
}

/** The limits of a test that was accepted. */
export function limitsOf({ thresholds = [] }: Pick<StreamTestSpec, 'thresholds'>): Limit[] {
  return thresholds.flatMap(({ metric, above, below, for: slots = 1 }) => {
    const [kind = '', name = ''] = metric.split('.');
    const bound = quantityValue(above ?? below ?? '');
    if (!isProbeName(kind) || bound === null) return [];
    if (!PROBES[kind].metrics.some((one) => one.name === name)) return [];
    return [{ kind, metric: name, side: above === undefined ? 'below' : 'above', bound, slots } as const];
  });
}
