import { type Metric, PROBES, type ProbeName } from '@streamswarm/contract';
import type { Database } from '../../database.ts';
import { type QueryWindow, type Selection, selectionValues, steppedRows } from '../results/selection.ts';

/** One slot that has a sample, with SI units in the names of its metrics. */
export type SampleRow = Readonly<Record<string, unknown>>;

export interface ExportWish {
  readonly selection: Omit<Selection, 'by'>;
  readonly window: QueryWindow;
}

/** Rows held at once: what bounds the memory, whatever is asked for. */
const ROWS_AT_ONCE = 2_000;

/** Columns of an export, in their order. */
export function exportColumns(kind: ProbeName): string[] {
  const metrics = PROBES[kind].metrics.map(({ name }) => name);
  return [
    'time',
    'agent',
    'destination',
    'outcome',
    'source',
    'reason',
    'address',
    'late_seconds',
    ...metrics,
    'nulls',
  ];
}

/**
 * Hands the samples of a window to `take`, oldest first, some thousand at a time; waits for it before it reads on.
 * One snapshot: what arrives meanwhile is not in it.
 */
export async function exportSamples(
  db: Database,
  { selection, window }: ExportWish,
  take: (rows: readonly SampleRow[]) => Promise<void>,
): Promise<void> {
  const { kind } = selection;
  const whole: Selection = { ...selection, by: 'stream' };
  const metrics = PROBES[kind].metrics.map((metric) => `${selectMetric(metric)} as "${metric.name}"`);
  const columns = [
    `to_char(r.ts at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time`,
    's.agent',
    's.destination',
    'r.outcome',
    'r.source',
    'r.reason',
    'host(r.address) as address',
    'r.late_seconds',
    ...metrics,
    'r.nulls',
  ];
  const values = [
    ...selectionValues(whole, window),
    new Date(window.fromMs).toISOString(),
    new Date(window.toMs).toISOString(),
  ];
  await db.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    await tx.query(
      `declare samples no scroll cursor for
       select ${columns.join(', ')} from ${steppedRows(whole, 'raw')} order by r.ts, r.stream`,
      values,
    );
    for (;;) {
      const rows = await tx.query<SampleRow>(`fetch ${ROWS_AT_ONCE} from samples`);
      if (rows.length > 0) await take(rows);
      if (rows.length < ROWS_AT_ONCE) return;
    }
  });
}

/** int8 arrives as text: nothing here is above 2^53. */
function selectMetric({ name, kind, wide }: Metric): string {
  return (kind === 'count' || kind === 'fact') && wide ? `r."${name}"::float8` : `r."${name}"`;
}
