import { findMetric, type ResultLevel } from '@streamswarm/contract';
import type { Queryable } from '../../database.ts';
import {
  type Selection,
  type SeriesKey,
  STEP,
  STEP_MS,
  type SteppedWindow,
  stepIndex,
  steppedRows,
  steppedValues,
} from './selection.ts';

/** Slots of one series in one step that have a sample, and the packets of these. */
export interface SlotStep extends SeriesKey {
  readonly step: number;
  readonly ok: number;
  readonly lost: number;
  readonly error: number;
  /** Null where the probe does not count packets. */
  readonly sent: number | null;
  readonly received: number | null;
  /** Largest own error, in seconds; null where it is not measured. */
  readonly selfErrorSeconds: number | null;
}

type Row = Omit<SlotStep, 'step'> & { readonly bin: number };

/** Outcomes, packets and own error by series and step, from samples or from a rollup. */
export async function resultSlots(
  db: Queryable,
  selection: Selection,
  window: SteppedWindow,
  level: ResultLevel,
): Promise<SlotStep[]> {
  const has = (metric: string): boolean => findMetric(selection.kind, metric) !== undefined;
  const suffix = (name: string): string => (level === 'raw' ? '' : `_${name}`);
  const outcome = (name: string): string =>
    level === 'raw' ? `count(*) filter (where r.outcome = '${name}')` : `sum(r.${name})`;
  const packets = (name: string): string => (has(name) ? `sum(r.${name}${suffix('sum')})` : 'null');
  const selfError = has('self_error_seconds') ? `max(r.self_error_seconds${suffix('max')})` : 'null';
  const rows = await db.query<Row>(
    `select s.agent, s.destination, ${STEP_MS} as bin,
       ${outcome('ok')}::float8 as ok, ${outcome('lost')}::float8 as lost, ${outcome('error')}::float8 as error,
       ${packets('sent')}::float8 as sent, ${packets('received')}::float8 as received,
       ${selfError} as "selfErrorSeconds"
     from ${steppedRows(selection, level)}
     group by 1, 2, ${STEP}`,
    steppedValues(selection, window),
  );
  return rows.map(({ bin, ...row }) => ({ ...row, step: stepIndex(bin, window) }));
}
