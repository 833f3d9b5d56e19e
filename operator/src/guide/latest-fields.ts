import { findMetric, type ProbeName } from '@streamswarm/contract';
import { notAsked } from './asked-probes.ts';
import { lossPercent } from './guide-data.ts';
import { guideValue, LOSS_FIELD, measuredField } from './guide-fields.ts';
import { type GuideHop, guidePath } from './guide-path.ts';
import { SUBMITTED_FIELDS } from './submitted-fields.ts';

const PATH_FIELD = 'traceroute_data';

export interface Sample {
  readonly kind: ProbeName;
  readonly outcome: string;
  readonly reason: string | null;
  readonly values: Readonly<Record<string, unknown>>;
  readonly nulls: Readonly<Record<string, string>> | null;
}

export type LatestValue = number | GuideHop[];

export interface LatestFields {
  readonly values: Record<string, LatestValue | null>;
  readonly reasons: Record<string, string>;
}

/** Every field of the guide out of the newest samples of one client; `asked` are the probes of the test. */
export function latestFields(
  samples: readonly Sample[],
  asked: ReadonlyMap<ProbeName, boolean>,
): LatestFields {
  const values: Record<string, LatestValue | null> = {};
  const reasons: Record<string, string> = {};
  for (const field of SUBMITTED_FIELDS) {
    const found = latestField(field, samples, asked);
    values[field] = typeof found === 'string' ? null : found;
    if (typeof found === 'string') reasons[field] = found;
  }
  return { values, reasons };
}

/** A value, or why there is none. */
function latestField(
  field: string,
  samples: readonly Sample[],
  asked: ReadonlyMap<ProbeName, boolean>,
): LatestValue | string {
  if (field === 'swap_percent') return swapPercent(samples, asked);
  const source = measuredField(field);
  if (source === null) return 'unsupported';
  const missing = notAsked(asked, source.probe);
  if (missing !== null) return missing;
  const sample = samples.find(({ kind }) => kind === source.probe);
  if (sample === undefined) return 'no-result';
  const { name } = source.metric;
  if (field === LOSS_FIELD) {
    const [sent, received] = [numberOf(sample, 'sent'), numberOf(sample, 'received')];
    const lost = sent === null || received === null ? null : sent - received;
    return lossPercent(sent, lost) ?? reasonOf(sample, name);
  }
  if (field === PATH_FIELD) return guidePath(sample.values[name]) ?? reasonOf(sample, name);
  const value = numberOf(sample, name);
  return value === null ? reasonOf(sample, name) : guideValue(source.metric, value);
}

function swapPercent(samples: readonly Sample[], asked: ReadonlyMap<ProbeName, boolean>): number | string {
  const missing = notAsked(asked, 'host');
  if (missing !== null) return missing;
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
