import { findMetric, type Metric, PROBES, ROLLUP_LEVELS } from '@streamswarm/contract';
import type { Database } from '@streamswarm/operator/store/database';
import { copyRows } from '@streamswarm/operator/store/ingest/copy-text';
import { sampleColumnNames } from '@streamswarm/operator/store/ingest/fold-batch';
import { addUp, addValue, emptyRollup, rollupValues } from '@streamswarm/operator/store/rollup/rollup-row';
import {
  ROLLUP_MS,
  rollupColumnNames,
  rollupTable,
  sampleTable,
} from '@streamswarm/operator/store/tables/columns';
import { dayOf, managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { plantTest } from '../../support/planted-spans.ts';
import { type DaysKind, type DaysStream, KINDS, METRICS, slotsOf } from './measured-days.ts';

const DAY_MS = 86_400_000;
const PERIOD_MS = 10_000;

export interface DaysWish {
  readonly days: number;
  readonly agents: number;
  /** How far back single samples are kept; minutes are there for all days. */
  readonly rawDays: number;
  /** How many of the last days are left to the compactor; those before are planted at every level. */
  readonly unmergedDays: number;
}

/** A test with one destination that every agent has measured for days, until `endMs`. */
export async function plantStreams(db: Database, name: string, { days, agents }: DaysWish, endMs: number) {
  const planter = await plantTest(db, name);
  const streams: DaysStream[] = [];
  const times = { startMs: endMs - days * DAY_MS, fromMs: endMs - days * DAY_MS, toMs: endMs };
  for (let place = 0; place < agents; place++) {
    const agentId = `agent-${String(place).padStart(2, '0')}`;
    await planter.addAgent(agentId);
    for (const kind of KINDS) {
      const wish = { agentId, destination: 'site', probe: kind, periodMs: PERIOD_MS, ...times };
      const span = await planter.addSpan(wish);
      const [row] = await db.query<{ stream: string }>('select stream::text from span where id = $1', [
        span.id,
      ]);
      streams.push({ span, stream: row?.stream ?? '', agent: agentId, place, kind });
    }
  }
  return { testUid: planter.testUid, streams };
}

/**
 * The minutes of every stream, one row each as if each had come in one batch, with the coarser levels of the days
 * that are merged, and the samples of the last days.
 */
export async function plantValues(
  db: Database,
  streams: readonly DaysStream[],
  { days, rawDays, unmergedDays }: DaysWish,
  endMs: number,
): Promise<{ minutes: number; samples: number }> {
  const partitions = managePartitions(db);
  const rawFromMs = endMs - rawDays * DAY_MS;
  const planted = { minutes: 0, samples: 0 };
  const firstDay = dayOf(endMs - days * DAY_MS);
  for (let day = firstDay; day <= dayOf(endMs - 1); day++) {
    await partitions.ensure([day]);
    for (const kind of KINDS) {
      for (const stream of streams.filter((each) => each.kind === kind)) {
        const { minutes, samples } = rowsOf(stream, day, rawFromMs);
        const isMerged = day < dayOf(endMs) - unmergedDays;
        await db.transaction(async (tx) => {
          for (const level of isMerged ? ROLLUP_LEVELS : ROLLUP_LEVELS.slice(0, 1)) {
            const rows = addUp(minutes, ROLLUP_MS[level]);
            const values = rows.map((row) => rollupValues(PROBES[kind], row, isMerged));
            await copyRows(tx, rollupTable(kind, level), rollupColumnNames(PROBES[kind]), values);
          }
          await copyRows(tx, sampleTable(kind), sampleColumnNames(kind), samples);
        });
        planted.minutes += minutes.length;
        planted.samples += samples.length;
      }
    }
  }
  await db.query('analyze');
  return planted;
}

function rowsOf(stream: DaysStream, day: number, rawFromMs: number) {
  const { kind } = stream;
  const metric = metricOf(kind, METRICS[kind]);
  const minutes = Map.groupBy(slotsOf(stream, day * DAY_MS, (day + 1) * DAY_MS), ({ dueMs }) =>
    Math.floor(dueMs / 60_000),
  );
  const samples: unknown[][] = [];
  const rows = [...minutes].map(([minute, slots]) => {
    const values = slots.flatMap(({ value }) => (value === null ? [] : [value]));
    const row = emptyRollup(stream.stream, minute * 60_000);
    row.ok = values.length;
    row.lost = slots.length - values.length;
    addValue(row, metric, values);
    for (const [packets, count] of packetsOf(kind, slots.length, values.length))
      addValue(row, packets, count);
    for (const { dueMs, value } of slots) {
      if (dueMs < rawFromMs) continue;
      const measured = kind === 'icmp' && value !== null ? [value] : value;
      const packets = packetsOf(kind, 1, value === null ? 0 : 1);
      samples.push(sampleOf(stream, dueMs, new Map([[metric, measured], ...packets])));
    }
    return row;
  });
  return { minutes: rows, samples };
}

function metricOf(kind: DaysKind, name: string): Metric {
  const metric = findMetric(kind, name);
  if (metric === undefined) throw new Error(`${kind} has no ${name}`);
  return metric;
}

/** Of icmp, whose loss is not known without them. */
function packetsOf(kind: DaysKind, sent: number, received: number): [Metric, number][] {
  if (kind !== 'icmp') return [];
  return [
    [metricOf(kind, 'sent'), sent],
    [metricOf(kind, 'received'), received],
  ];
}

function sampleOf(
  { stream, kind }: DaysStream,
  dueMs: number,
  figures: ReadonlyMap<Metric, unknown>,
): unknown[] {
  const outcome = figures.get(metricOf(kind, METRICS[kind])) === null ? 'lost' : 'ok';
  const head = [stream, new Date(dueMs).toISOString(), 0, outcome, null, null, '198.18.0.1', null];
  return [...head, ...PROBES[kind].metrics.map((metric) => figures.get(metric) ?? null)];
}
