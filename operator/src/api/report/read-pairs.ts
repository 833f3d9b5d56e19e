import { type EffectiveProbe, type Metric, PROBES, type Results, type Series } from '@streamswarm/contract';
import {
  FIGURES,
  type Figure,
  type ReportChart,
  type ReportMethod,
  type ReportPair,
} from '../../export/report/report-data.ts';
import type { Reads } from '../../store/queries/reads.ts';
import type { ValueStep } from '../../store/queries/results/result-values.ts';
import type { Selection } from '../../store/queries/results/selection.ts';
import { readResults } from '../results/read-results.ts';
import { selectMetric } from '../results/select-metric.ts';
import type { TimeWindow } from '../window/window.ts';
import { reportMetrics } from './report-metrics.ts';

/** Points across a page: more could not be told apart on paper. */
const PIXELS = 240;
/** A report of hundreds of charts is read by nobody, and held in memory. */
const MOST_CHARTS = 36;

export interface ReportPairs {
  readonly pairs: ReportPair[];
  readonly charts: ReportChart[];
  chartsLeftOut: number;
  readonly methods: ReportMethod[];
}

export interface PairsWish {
  readonly testUid: string;
  readonly probes: readonly Pick<EffectiveProbe, 'name' | 'kind'>[];
  readonly window: TimeWindow;
}

/** Figures and charts of every probe and destination, by the queries that the console asks too. */
export async function readPairs(reads: Reads, { testUid, probes, window }: PairsWish): Promise<ReportPairs> {
  const found: ReportPairs = { pairs: [], charts: [], chartsLeftOut: 0, methods: [] };
  for (const { name, kind } of probes) {
    for (const wanted of reportMetrics(kind)) {
      const { asked, base } = selectMetric(kind, wanted);
      const selection: Selection = {
        testUid,
        kind,
        probe: name,
        agent: null,
        destination: null,
        by: 'destination',
      };
      const results = await readResults(reads, {
        selection,
        metric: { asked, base },
        window,
        pixels: PIXELS,
        stepMs: null,
      });
      const whole = await wholeWindow(reads, { selection, results, metric: base });
      found.methods.push(methodOf(name, asked, results.series));
      for (const series of results.series) {
        found.pairs.push(pairOf({ probe: name, metric: asked }, series, whole.get(series.destination)));
        if (wanted !== undefined || PROBES[kind].perAgent) continue;
        if (found.charts.length >= MOST_CHARTS) found.chartsLeftOut++;
        else found.charts.push({ title: `${name} to ${series.destination ?? name}`, results, series });
      }
    }
  }
  return found;
}

interface Whole {
  readonly selection: Selection;
  readonly results: Results;
  readonly metric: Metric;
}

/** The values of the whole window in one step, by destination: percentiles of steps cannot be averaged. */
async function wholeWindow(
  reads: Reads,
  { selection, results, metric }: Whole,
): Promise<Map<string | null, ValueStep>> {
  if (results.series.length === 0) return new Map();
  const [fromMs, toMs] = [Date.parse(results.from), Date.parse(results.to)];
  const rows = await reads.resultValues(
    selection,
    { fromMs, toMs, stepMs: toMs - fromMs },
    results.level,
    metric,
  );
  return new Map(rows.map((row) => [row.destination, row]));
}

function pairOf(
  { probe, metric }: { readonly probe: string; readonly metric: Metric },
  series: Series,
  whole: ValueStep | undefined,
): ReportPair {
  const figures = FIGURES.map((figure) => [figure, whole?.[figure] ?? null]);
  return {
    probe,
    destination: series.destination,
    metric: metric.name,
    unit: metric.unit,
    n: whole?.n ?? 0,
    figures: Object.fromEntries(figures) as Record<Figure, number | null>,
    lost: sum(series.lost),
    sent: sum(series.sent),
  };
}

function methodOf(
  probe: string,
  { name, meaning, nullMeans }: Metric,
  series: readonly Series[],
): ReportMethod {
  const errors = series.flatMap(({ selfError }) => selfError.filter((value) => value !== null));
  return {
    probe,
    metric: name,
    meaning,
    nullMeans,
    // Not by spreading: a long window of many destinations has more of them than a call takes arguments.
    selfErrorSeconds: errors.length === 0 ? null : errors.reduce((most, value) => Math.max(most, value)),
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
