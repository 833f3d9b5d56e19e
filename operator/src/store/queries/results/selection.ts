import { PROBES, type ProbeName, type ResultLevel } from '@streamswarm/contract';
import { levelsDownFrom, rollupColumnNames, rollupTable, sampleTable } from '../../tables/columns.ts';

export type GroupBy = 'none' | 'agent' | 'destination' | 'stream';

/** Which streams a result is made of, and what stays apart. */
export interface Selection {
  /** Null: streams of all tests. */
  readonly testUid: string | null;
  readonly kind: ProbeName;
  /** Name of the probe in the test; null: every probe of the kind. */
  readonly probe: string | null;
  readonly agent: string | null;
  /** Names of agents that are left out. */
  readonly without?: readonly string[];
  readonly destination: string | null;
  readonly by: GroupBy;
}

/** What names one series. */
export interface SeriesKey {
  readonly agent: string | null;
  /** By stream, one of a mesh is `name/far agent`. */
  readonly destination: string | null;
}

export interface QueryWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A window in equal steps from its begin on. */
export interface SteppedWindow extends QueryWindow {
  readonly stepMs: number;
}

const AGENT_COLUMN: Readonly<Record<GroupBy, string>> = {
  none: 'null::text',
  agent: 'a.name',
  destination: 'null::text',
  stream: 'a.name',
};
const DESTINATION_COLUMN: Readonly<Record<GroupBy, string>> = {
  none: 'null::text',
  agent: 'null::text',
  destination: "nullif(sp.destination, '')",
  // Each pair of a mesh is a stream of its own: the far agent stands behind the destination.
  stream: "nullif(concat_ws('/', sp.destination, far.name), '')",
};

function names(by: GroupBy): string {
  return `${AGENT_COLUMN[by]} as agent, ${DESTINATION_COLUMN[by]} as destination`;
}

const SELECTED = `from span sp join agent a on a.id = sp.agent_id left join agent far on far.id = sp.endpoint
    where ($1::uuid is null or sp.test_uid = $1) and sp.kind = $2 and ($3::text is null or sp.probe = $3)
      and ($4::text is null or a.name = $4) and ($5::text is null or sp.destination = $5)
      and a.name <> all ($8::text[]) and sp.from_ms < $7::int8 and (sp.to_ms is null or sp.to_ms > $6::int8)`;

/**
 * The spans of a selection that were open in a window, as parameters $1 to $8. `columns` stand beside what names
 * the series (agent, destination).
 */
export function selectedSpans(selection: Selection, columns: string): string {
  return `select ${names(selection.by)}, ${columns} ${SELECTED}`;
}

export function selectionValues(selection: Selection, window: QueryWindow): unknown[] {
  const { testUid, kind, probe, agent, destination, without = [] } = selection;
  const times = [Math.floor(window.fromMs), Math.ceil(window.toMs)];
  return [testUid, kind, probe, agent, destination, ...times, without];
}

/** Rows of a level, by series and step; parameters $9 to $11 beside those of the selection. */
export function steppedRows(selection: Selection, level: ResultLevel): string {
  return `(select distinct ${names(selection.by)}, sp.stream ${SELECTED}) as s
    join ${levelRows(selection.kind, level)} r
      on r.stream = s.stream and r.ts >= $9::timestamptz and r.ts < $10::timestamptz`;
}

/**
 * What a level holds, and what finer levels have not carried on to it yet: the present, and whatever came late. Each
 * slot is in exactly one of these rows.
 */
function levelRows(kind: ProbeName, level: ResultLevel): string {
  if (level === 'raw') return `"${sampleTable(kind)}"`;
  const columns = rollupColumnNames(PROBES[kind]).map((name) => `"${name}"`);
  const parts = levelsDownFrom(level).map(
    (each) =>
      `select ${columns.join(', ')} from "${rollupTable(kind, each)}"${each === level ? '' : ' where not merged'}`,
  );
  return `(${parts.join(' union all ')})`;
}

/** Begin of the step that a row falls into. date_bin counts whole microseconds, so that no border is blurred. */
export const STEP = 'date_bin($11::interval, r.ts, $9::timestamptz)';

export function steppedValues(selection: Selection, window: SteppedWindow): unknown[] {
  return [
    ...selectionValues(selection, window),
    new Date(window.fromMs).toISOString(),
    new Date(window.toMs).toISOString(),
    `${window.stepMs} milliseconds`,
  ];
}

/** The same as milliseconds, which are read ten times as fast as a date. */
export const STEP_MS = `(extract(epoch from ${STEP}) * 1000)::float8`;

/** Number of the step that begins at `bin`. */
export function stepIndex(bin: Date | number, window: SteppedWindow): number {
  return Math.round((Number(bin) - window.fromMs) / window.stepMs);
}
