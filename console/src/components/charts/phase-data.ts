import type { Results } from '@streamswarm/contract/wire/views';

type Values = readonly (number | null)[];

/** Results of the whole and of each of its parts, as they were asked for one by one. */
export interface PhaseResults {
  readonly total: Results;
  readonly parts: readonly Results[];
}

export interface Phase {
  readonly metric: string;
  /** Seconds that it adds to the mean of a step; null where the step has no whole. */
  readonly values: Values;
}

/** What a chart of phases draws, step by step. */
export interface PhaseData {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly steps: number;
  readonly phases: readonly Phase[];
  /** Mean of the whole. */
  readonly total: Values;
  /** Slots that came to their end. */
  readonly n: readonly number[];
  /** Slots that ended within one of the phases: their finished phases are in the means, too. */
  readonly unfinished: readonly number[];
}

/**
 * The phases of each step such that they add up to the mean of the whole. A phase that only some slots had, such as
 * TLS of one destination out of two, counts for these alone: its mean is spread over all.
 */
export function phaseData({ total, parts }: PhaseResults): PhaseData {
  const [whole] = total.series;
  const n = whole?.n ?? new Array<number>(total.steps).fill(0);
  const unfinished = new Array<number>(total.steps).fill(0);
  const phases = parts.map((part): Phase => {
    const [series] = part.series;
    const shift = stepsBetween(total, part);
    const values = n.map((slots, step) => {
      const had = series?.n[step + shift];
      const mean = series?.mean[step + shift] ?? null;
      if (had === undefined) return null;
      unfinished[step] = Math.max(unfinished[step] ?? 0, had - slots);
      if (slots === 0) return null;
      return mean === null ? 0 : (mean * Math.min(had, slots)) / slots;
    });
    return { metric: part.metric, values };
  });
  return {
    fromMs: Date.parse(total.from),
    stepMs: total.stepSeconds * 1_000,
    steps: total.steps,
    phases,
    total: whole?.mean ?? new Array<null>(total.steps).fill(null),
    n,
    unfinished,
  };
}

/** A range up to now is asked for at slightly different moments: one answer may begin a step later. */
function stepsBetween(total: Results, part: Results): number {
  const stepMs = total.stepSeconds * 1_000;
  return Math.round((Date.parse(total.from) - Date.parse(part.from)) / stepMs);
}

/** Edges of the stack at a step, from the bottom up: one more than there are phases; null where there is a gap. */
export function stackAt(data: PhaseData, step: number): readonly number[] | null {
  const edges = [0];
  for (const { values } of data.phases) {
    const value = values[step];
    if (value === null || value === undefined) return null;
    edges.push((edges.at(-1) ?? 0) + value);
  }
  return edges;
}

/** Seconds that a phase adds to a step; null where no request of the step had it, which is not the same as no time. */
export function phaseAt({ values }: Phase, step: number): number | null {
  return values[step] || null;
}

/** Phases that took any time: the others would only be names. */
export function presentPhases(data: PhaseData): Phase[] {
  return data.phases.filter(({ values }) => values.some((value) => value !== null && value > 0));
}

const WORDS: Readonly<Record<string, string>> = {
  redirect_seconds: 'redirects',
  dns_seconds: 'DNS',
  connect_seconds: 'connect',
  tls_seconds: 'TLS',
  request_seconds: 'upload',
  ttfb_seconds: 'first byte',
  download_seconds: 'download',
};

export function phaseWords(metric: string): string {
  return WORDS[metric] ?? metric.replace(/_seconds$/, '').replaceAll('_', ' ');
}

/** One sentence for people who do not see the chart. */
export function phaseSummary(title: string, data: PhaseData, format: (value: number) => string): string {
  const step = data.total.findLastIndex((value) => value !== null);
  const whole = data.total[step];
  if (whole === null || whole === undefined) return `${title}: no values in this time.`;
  const parts = presentPhases(data).flatMap((phase) => {
    const seconds = phaseAt(phase, step);
    return seconds === null ? [] : [`${phaseWords(phase.metric)} ${format(seconds)}`];
  });
  return `${title}, newest step: ${parts.join(', ')}; together ${format(whole)}.`;
}
