import { findMetric, type Metric, PROBES } from '@streamswarm/contract';
import type { Database } from '@streamswarm/operator/store/database';
import { copyRows } from '@streamswarm/operator/store/ingest/copy-text';
import { sampleColumnNames } from '@streamswarm/operator/store/ingest/fold-batch';
import {
  addValue,
  emptyRollup,
  type RollupRow,
  rollupValues,
} from '@streamswarm/operator/store/rollup/rollup-row';
import { minuteTable, rollupColumnNames, sampleTable } from '@streamswarm/operator/store/tables/columns';
import { dayOf, managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { plantTest } from '../../support/planted-spans.ts';
import { type DaysStream, KINDS, METRICS, slotsOf } from './measured-days.ts';

const DAY_MS = 86_400_000;
const PERIOD_MS = 10_000;

export interface DaysWish {
  readonly days: number;
  readonly agents: number;
  /** How far back single samples are kept; minutes are there for all days. */
  readonly rawDays: number;
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

/** The minutes of every stream, one row each as if each had come in one batch, and the samples of the last days. */
export async function plantValues(
  db: Database,
  streams: readonly DaysStream[],
  { days, rawDays }: DaysWish,
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
        const probe = PROBES[kind];
        await db.transaction(async (tx) => {
          await copyRows(tx, minuteTable(kind), rollupColumnNames(probe), minutes);
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
  const metric = metricOf(stream);
  const minutes = new Map<number, RollupRow>();
  const samples: unknown[][] = [];
  for (const { dueMs, value } of slotsOf(stream, day * DAY_MS, (day + 1) * DAY_MS)) {
    const minuteMs = Math.floor(dueMs / 60_000) * 60_000;
    const minute = minutes.get(minuteMs) ?? emptyRollup(stream.stream, minuteMs);
    minutes.set(minuteMs, minute);
    minute[value === null ? 'lost' : 'ok']++;
    const figures = figuresOf(stream, metric, value);
    for (const [each, figure] of figures) addValue(minute, each, figure);
    if (dueMs >= rawFromMs) samples.push(sampleOf(stream, dueMs, value, new Map(figures)));
  }
  return { minutes: [...minutes.values()].map((row) => rollupValues(PROBES[kind], row)), samples };
}

function metricOf({ kind }: DaysStream): Metric {
  const metric = findMetric(kind, METRICS[kind]);
  if (metric === undefined) throw new Error(`${kind} has no ${METRICS[kind]}`);
  return metric;
}

/** What a slot measured: for icmp the packets too, without which its loss is not known. */
function figuresOf({ kind }: DaysStream, metric: Metric, value: number | null): [Metric, unknown][] {
  if (kind === 'http') return [[metric, value]];
  const count = (name: string, packets: number): [Metric, unknown][] => {
    const found = findMetric(kind, name);
    return found === undefined ? [] : [[found, packets]];
  };
  const rtts = value === null ? null : [value];
  return [[metric, rtts], ...count('sent', 1), ...count('received', value === null ? 0 : 1)];
}

function sampleOf(
  { stream, kind }: DaysStream,
  dueMs: number,
  value: number | null,
  figures: ReadonlyMap<Metric, unknown>,
): unknown[] {
  const outcome = value === null ? 'lost' : 'ok';
  const head = [stream, new Date(dueMs).toISOString(), 0, outcome, null, null, '198.18.0.1', null];
  return [...head, ...PROBES[kind].metrics.map((metric) => figures.get(metric) ?? null)];
}
