import assert from 'node:assert/strict';
import { RELATIVE_ERROR, type ResultLevel, type Results } from '@streamswarm/contract';
import { startOperator } from '@streamswarm/operator/operator';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { migrate } from '@streamswarm/operator/store/migrate';
import { steppedRows, steppedValues } from '@streamswarm/operator/store/queries/results/selection';
import { compact } from '@streamswarm/operator/store/rollup/compact';
import { managePartitions } from '@streamswarm/operator/store/tables/partitions';
import { pino } from 'pino';
import { quantile } from '../../bench/figure.ts';
import { startTestPostgres } from '../../support/postgres.ts';
import { type DaysKind, type DaysStream, KINDS, METRICS, rawFigures } from './measured-days.ts';
import { type DaysWish, plantStreams, plantValues } from './plant-days.ts';

export interface ThirtyDaysWish extends DaysWish {
  /** Ranges that are asked for, in hours. */
  readonly rangeHours: readonly number[];
  readonly asksEach: number;
}

export const THIRTY_DAYS_LONG: ThirtyDaysWish = {
  days: 30,
  agents: 50,
  rawDays: 1,
  unmergedDays: 1,
  rangeHours: [1, 6, 24, 72, 168, 720],
  asksEach: 20,
};
/** As `npm test` runs it. */
export const THIRTY_DAYS_SHORT: ThirtyDaysWish = {
  days: 2,
  agents: 5,
  rawDays: 1,
  unmergedDays: 1,
  rangeHours: [1, 6, 24, 48],
  asksEach: 3,
};

const HOUR_MS = 3_600_000;
const MOST_ROWS = 60_000;
const GROUPS = ['none', 'agent'] as const;
type Group = (typeof GROUPS)[number];

export interface RangeFigures {
  readonly level: ResultLevel;
  readonly steps: number;
  /** Of all that were asked over HTTP, of both kinds of probe. */
  readonly mergedMsP95: number;
  readonly byAgentMsP95: number;
  /** Rows that the query over all agents read, of the kind that read more. */
  readonly rows: number;
}

export interface ThirtyDaysFigures {
  readonly minutesPlanted: number;
  readonly samplesPlanted: number;
  readonly mergeSeconds: number;
  readonly ranges: Readonly<Record<string, RangeFigures>>;
  readonly stepsCompared: number;
  /** Largest relative difference between a percentile of a rollup and that of all values. */
  readonly largestError: number;
}

/**
 * Days of one test in the store, the last ones merged by the compactor, asked for over HTTP: how soon each range is answered, out
 * of how many rows, and whether each step is what all values of it come to. Throws where it is not.
 */
export async function proveThirtyDays(wish: ThirtyDaysWish): Promise<ThirtyDaysFigures> {
  const logger = pino({ level: 'silent' });
  const postgres = await startTestPostgres();
  const db = openDatabase({ url: postgres.url, logger });
  try {
    await migrate(db, logger);
    const endMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    const { testUid, streams } = await plantStreams(db, 'days', wish, endMs);
    const planted = await plantValues(db, streams, wish, endMs);
    const startedMs = performance.now();
    const partitions = managePartitions(db);
    while ((await compact(db, partitions)) > 0);
    const mergeSeconds = (performance.now() - startedMs) / 1_000;
    await db.query('vacuum analyze');

    const base = { databaseUrl: postgres.url, host: '127.0.0.1', port: 0, consoleDir: null };
    const operator = await startOperator({ ...base, logLevel: 'silent', cluster: null }, logger);
    const compared = { steps: 0, largestError: 0 };
    const ranges: Record<string, RangeFigures> = {};
    try {
      for (const hours of wish.rangeHours) {
        const window = { fromMs: endMs - hours * HOUR_MS, toMs: endMs };
        const answers = await askRange(operator.url, window, wish.asksEach);
        let rows = 0;
        for (const { results, kind, by } of answers.results) {
          compare(
            results,
            streams.filter((stream) => stream.kind === kind),
            { by, kind, compared },
          );
          rows = Math.max(rows, await rowsRead(db, testUid, kind, results));
        }
        assert.ok(rows <= MOST_ROWS, `${rows} rows for ${hours} h`);
        const [first] = answers.results;
        ranges[`${hours}h`] = {
          level: first?.results.level ?? 'raw',
          steps: first?.results.steps ?? 0,
          mergedMsP95: quantile(answers.ms.none, 0.95),
          byAgentMsP95: quantile(answers.ms.agent, 0.95),
          rows,
        };
      }
    } finally {
      await operator.stop();
    }
    return {
      minutesPlanted: planted.minutes,
      samplesPlanted: planted.samples,
      mergeSeconds,
      ranges,
      stepsCompared: compared.steps,
      largestError: compared.largestError,
    };
  } finally {
    await db.close();
    await postgres.stop();
  }
}

interface Answer {
  readonly kind: DaysKind;
  readonly by: Group;
  readonly results: Results;
}

async function askRange(url: string, window: { fromMs: number; toMs: number }, times: number) {
  const results: Answer[] = [];
  const ms: Record<Group, number[]> = { none: [], agent: [] };
  for (const kind of KINDS) {
    for (const by of GROUPS) {
      const query = new URLSearchParams({
        probe: kind,
        metric: METRICS[kind],
        by,
        from: new Date(window.fromMs).toISOString(),
        to: new Date(window.toMs).toISOString(),
      });
      for (let i = 0; i < times; i++) {
        const startedMs = performance.now();
        const answer = await fetch(`${url}/api/v1/tests/default/days/results?${query}`);
        const body = (await answer.json()) as Results;
        ms[by].push(performance.now() - startedMs);
        assert.equal(answer.status, 200, JSON.stringify(body));
        if (i === 0) results.push({ kind, by, results: body });
      }
    }
  }
  return { results, ms };
}

/** Rows of the level, and of finer ones that are not carried on yet, that one query of this answer reads. */
async function rowsRead(db: Database, testUid: string, kind: DaysKind, results: Results): Promise<number> {
  const selection = { testUid, kind, probe: kind, agent: null, destination: null, by: 'none' } as const;
  const window = {
    fromMs: Date.parse(results.from),
    toMs: Date.parse(results.to),
    stepMs: results.stepSeconds * 1_000,
  };
  const [row] = await db.query<{ rows: number }>(
    `select count(*)::int4 as rows from ${steppedRows(selection, results.level)} where $11::interval is not null`,
    steppedValues(selection, window),
  );
  return row?.rows ?? 0;
}

interface Comparison {
  readonly by: Group;
  readonly kind: DaysKind;
  readonly compared: { steps: number; largestError: number };
}

/** Every step of every series against all values of its slots. */
function compare(results: Results, streams: readonly DaysStream[], { by, kind, compared }: Comparison): void {
  const stepMs = results.stepSeconds * 1_000;
  assert.equal(results.series.length, by === 'none' ? 1 : streams.length);
  for (const series of results.series) {
    const own = streams.filter((stream) => by === 'none' || stream.agent === series.agent);
    for (let step = 0; step < results.steps; step++) {
      const fromMs = Date.parse(results.from) + step * stepMs;
      const raw = rawFigures(own, fromMs, fromMs + stepMs);
      const where = `${kind} by ${by}, ${results.level}, step ${step} of ${series.agent}`;
      assert.deepEqual(
        [
          series.n[step],
          series.ok[step],
          series.lostSlots[step],
          float4(series.min[step]),
          float4(series.max[step]),
        ],
        [raw.n, raw.n, raw.lost, raw.min, raw.max],
        where,
      );
      for (const figure of ['p50', 'p95', 'p99'] as const) {
        const exact = raw[figure];
        const found = float4(series[figure][step]);
        if (exact === null || found === null) {
          assert.equal(found, exact, where);
          continue;
        }
        const error = Math.abs(found - exact) / exact;
        assert.ok(
          error <= (results.level === 'raw' ? 0 : RELATIVE_ERROR * 1.0001),
          `${where}: ${figure} off by ${error}`,
        );
        compared.largestError = Math.max(compared.largestError, error);
      }
      compared.steps++;
    }
  }
}

/** Raw figures come in the shortest decimals that name their float4. */
function float4(value: number | null | undefined): number | null {
  return typeof value === 'number' ? Math.fround(value) : null;
}
