import { findMetric, type ProbeName } from '@streamswarm/contract';
import { lossPercent } from './guide-data.ts';
import { guideValue, LOSS_FIELD, measuredField } from './guide-fields.ts';
import { SUBMITTED_FIELDS } from './submitted-fields.ts';

export interface Sample {
  readonly kind: ProbeName;
  readonly outcome: string;
  readonly reason: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly nulls: Readonly<Record<string, string>> | null;
}

export interface LatestFields {
  readonly values: Record<string, number | null>;
  readonly reasons: Record<string, string>;
}

/** Every field of the guide out of the newest samples of one client; `asked` are the probes of the test. */
export function latestFields(samples: readonly Sample[], asked: ReadonlySet<string>): LatestFields {
  const values: Record<string, number | null> = {};
  const reasons: Record<string, string> = {};
  for (const field of SUBMITTED_FIELDS) {
    const found = latestField(field, samples, asked);
    values[field] = typeof found === 'number' ? found : null;
    if (typeof found === 'string') reasons[field] = found;
  }
  return { values, reasons };
}

/** A value, or why there is none. */
function latestField(field: string, samples: readonly Sample[], asked: ReadonlySet<string>): number | string {
  if (field === 'swap_percent') return swapPercent(samples, asked);
  const source = measuredField(field);
  if (source === null) return 'unsupported';
  if (!asked.has(source.probe)) return 'not-asked';
  const sample = samples.find(({ kind }) => kind === source.probe);
  if (sample === undefined) return 'no-result';
  const { name } = source.metric;
  if (field === LOSS_FIELD) {
    const [sent, received] = [numberOf(sample, 'sent'), numberOf(sample, 'received')];
    const lost = sent === null || received === null ? null : sent - received;
    return lossPercent(sent, lost) ?? reasonOf(sample, name);
  }
  const value = numberOf(sample, name);
  return value === null ? reasonOf(sample, name) : guideValue(source.metric, value);
}

function swapPercent(samples: readonly Sample[], asked: ReadonlySet<string>): number | string {
  if (!asked.has('host')) return 'not-asked';
  const sample = samples.find(({ kind }) => kind === 'host');
  if (sample === undefined) return 'no-result';
  const [total, used] = [numberOf(sample, 'swap_total_bytes'), numberOf(sample, 'swap_used_bytes')];
  if (total === null || used === null) return reasonOf(sample, 'swap_used_bytes');
  return total === 0 ? 'not-applicable' : Number(((used / total) * 100).toPrecision(12));
}

function numberOf({ kind, values }: Sample, metric: string): number | null {
  const value = findMetric(kind, metric) === undefined ? null : values[metric];
  return typeof value === 'number' ? value : null;
}

function reasonOf({ nulls, reason, outcome }: Sample, metric: string): string {
  return nulls?.[metric] ?? reason ?? outcome;
}
