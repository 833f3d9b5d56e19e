import type { Results, Series } from '@streamswarm/contract/wire/views';

/** Figures of a step in the unit of the metric, and its counts. */
const COLUMNS = [
  ['n', 'n'],
  ['min', 'min'],
  ['mean', 'mean'],
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['max', 'max'],
  ['sent', 'sent'],
  ['lost', 'lost'],
  ['slots_ok', 'ok'],
  ['slots_lost', 'lostSlots'],
  ['slots_error', 'error'],
  ['slots_denied', 'denied'],
  ['slots_dropped', 'dropped'],
] as const satisfies readonly (readonly [string, keyof Series])[];

/** The steps of a chart as CSV (RFC 4180), a step a line; what is null is empty, never 0. */
export function viewCsv({ probe, metric, from, stepSeconds, steps, series }: Results): string {
  const head = ['time', 'step_seconds', 'probe', 'metric', ...COLUMNS.map(([name]) => name)];
  const lines = series.flatMap((each) =>
    Array.from({ length: steps }, (_, step) => {
      const time = new Date(Date.parse(from) + step * stepSeconds * 1_000).toISOString();
      return [time, stepSeconds, probe, metric, ...COLUMNS.map(([, column]) => each[column][step] ?? '')];
    }),
  );
  return [head, ...lines].map((line) => `${line.join(',')}\r\n`).join('');
}
