import type { Results } from '@streamswarm/contract';
import Type, { type Static } from 'typebox';
import { askedProbes, notAsked } from '../../../guide/asked-probes.ts';
import { type GuidePoint, guidePoints, mergePoints } from '../../../guide/guide-data.ts';
import { DATA_FIELDS, DATA_NAMES, type DataName, measuredField } from '../../../guide/guide-fields.ts';
import { guideTime } from '../../../guide/guide-time.ts';
import type { GuideClient } from '../../../store/queries/guide/clients.ts';
import type { SubmittedPoint } from '../../../store/queries/guide/results.ts';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import { readResults } from '../../results/read-results.ts';
import { selectMetric } from '../../results/select-metric.ts';
import type { TimeWindow } from '../../window/window.ts';
import type { GuideApiServices } from './find-guide.ts';
import { testWindow } from './test-window.ts';

/** Points of one series at most: what a chart can draw. */
const MOST_POINTS = 500;
const LEAST_POINTS = 10;
/** Of all series together, some megabytes: where many agents measure, each has fewer. */
const POINTS_IN_ALL = 100_000;

const Point = Type.Object({
  x: Type.String({ description: 'ISO 8601 without zone, in UTC; begin of the step.' }),
  y: Type.Union([Type.Number(), Type.Null()], { description: 'Mean of the step; null: not measured.' }),
  submitted: Type.Optional(Type.Literal(true, { description: 'A script measured it: outside the books.' })),
});
const ByClient = Type.Record(Type.String(), Type.Array(Point), { description: 'By number of the client.' });

export const GuideData = Type.Object({
  timestamps: Type.Array(Type.String(), { description: 'Every x, once, ascending.' }),
  clients: Type.Record(Type.String(), Type.String(), { description: 'Number of the client: its name.' }),
  metrics: Type.Object(
    Object.fromEntries(DATA_NAMES.map((name) => [name, ByClient])) as Record<DataName, typeof ByClient>,
  ),
  null_reasons: Type.Record(Type.String(), Type.Record(Type.String(), Type.String()), {
    description: 'metric -> number of the client -> why it has no value at all.',
  }),
});
export type GuideData = Static<typeof GuideData>;

/** By number of the client. */
type Series = ReadonlyMap<number, readonly GuidePoint[]>;

/** All that was measured and submitted for a test, in the guide's shape; at most some hundred points a series. */
export async function readGuideData(
  services: GuideApiServices,
  test: StoredTest,
  id: number,
): Promise<GuideData> {
  const window = await testWindow(services, test);
  const { store } = services.guide;
  const [clients, submitted] = await Promise.all([
    store.clients({ gone: true }),
    readSubmitted(services, id),
  ]);
  const pixels = await pixelsFor(services, test, window);
  const byName = new Map<DataName, Series>();
  for (const name of DATA_NAMES)
    byName.set(name, await measured(services, { test, window, name, clients, pixels }));
  const known = new Map(clients.map((client) => [client.id, client]));
  const whole = new Map(DATA_NAMES.map((name) => [name, withSubmitted(name, byName.get(name), submitted)]));
  const shown = clientsOf(whole);
  const times = [...whole.values()].flatMap((series) => [...series.values()].flat().map(({ x }) => x));
  return {
    timestamps: [...new Set(times)].sort(),
    clients: Object.fromEntries(
      shown.map((clientId) => [clientId, known.get(clientId)?.hostname ?? `client ${clientId}`]),
    ),
    metrics: Object.fromEntries(
      [...whole].map(([name, series]) => [
        name,
        Object.fromEntries([...series].map(([key, points]) => [key, [...points]])),
      ]),
    ) as GuideData['metrics'],
    null_reasons: reasons(test, whole, shown),
  };
}

function stepOf({ fromMs, toMs }: TimeWindow): number {
  return Math.max(1_000, Math.ceil((toMs - fromMs) / MOST_POINTS / 1_000) * 1_000);
}

/** Scripts give their own times, which may lie far from those of the test: they are thinned for themselves. */
async function readSubmitted({ guide }: GuideApiServices, id: number): Promise<SubmittedPoint[]> {
  const extent = await guide.store.extent(id);
  if (extent === null) return [];
  const window = { fromMs: extent.firstMs, toMs: extent.lastMs + 1_000 };
  return await guide.store.points(id, {
    fields: Object.values(DATA_FIELDS),
    window: { ...window, stepMs: stepOf(window) },
  });
}

interface Wanted {
  readonly test: StoredTest;
  readonly window: TimeWindow;
  readonly name: DataName;
  readonly clients: readonly GuideClient[];
  readonly pixels: number;
}

/** How many points a series may have, by how many series there are. */
async function pixelsFor({ reads }: GuideApiServices, test: StoredTest, window: TimeWindow): Promise<number> {
  const fields = DATA_NAMES.map((name) => measuredField(DATA_FIELDS[name])).filter((field) => field !== null);
  const kinds = Map.groupBy(fields, ({ probe }) => probe);
  const series = await Promise.all(
    [...kinds].map(async ([kind, { length }]) => {
      const all = {
        testUid: test.uid,
        kind,
        probe: null,
        agent: null,
        destination: null,
        by: 'agent',
      } as const;
      return length * (await reads.resultGroups(all, window)).length;
    }),
  );
  const count = Math.max(
    1,
    series.reduce((sum, n) => sum + n, 0),
  );
  return Math.max(LEAST_POINTS, Math.min(MOST_POINTS, Math.floor(POINTS_IN_ALL / count)));
}

async function measured(
  services: GuideApiServices,
  { test, window, name, clients, pixels }: Wanted,
): Promise<Series> {
  const field = measuredField(DATA_FIELDS[name]);
  if (field === null || !askedProbes(test.manifest.spec).has(field.probe)) return new Map();
  const results: Results = await readResults(services.reads, {
    selection: {
      testUid: test.uid,
      kind: field.probe,
      probe: null,
      agent: null,
      destination: null,
      by: 'agent',
    },
    metric: selectMetric(field.probe, field.metric.name),
    window,
    pixels,
    stepMs: null,
  });
  const steps = { fromMs: Date.parse(results.from), stepMs: results.stepSeconds * 1_000 };
  return new Map(
    results.series.flatMap((series) => {
      const client = clients.find(({ hostname, agentId }) => agentId !== null && hostname === series.agent);
      return client === undefined ? [] : [[client.id, guidePoints(field, series, steps)] as const];
    }),
  );
}

function withSubmitted(
  name: DataName,
  series: Series | undefined,
  submitted: readonly SubmittedPoint[],
): Series {
  const merged = new Map(series ?? []);
  const added = new Map<number, GuidePoint[]>();
  for (const { clientId, field, atMs, value } of submitted) {
    if (field !== DATA_FIELDS[name]) continue;
    const point: GuidePoint = { x: guideTime(atMs), y: value, submitted: true };
    added.set(clientId, [...(added.get(clientId) ?? []), point]);
  }
  for (const [clientId, points] of added)
    merged.set(clientId, mergePoints(merged.get(clientId) ?? [], points));
  return merged;
}

function clientsOf(whole: ReadonlyMap<DataName, Series>): number[] {
  const ids = new Set([...whole.values()].flatMap((series) => [...series.keys()]));
  return [...ids].sort((a, b) => a - b);
}

/** Why a client of the test has no value of a metric. */
function reasons(
  test: StoredTest,
  whole: ReadonlyMap<DataName, Series>,
  clients: readonly number[],
): GuideData['null_reasons'] {
  const told: Record<string, Record<string, string>> = {};
  for (const [name, series] of whole) {
    const without = clients.filter((id) => !(series.get(id) ?? []).some(({ y }) => y !== null));
    if (without.length === 0) continue;
    told[name] = Object.fromEntries(without.map((id) => [id, reasonFor(test, name)]));
  }
  return told;
}

function reasonFor(test: StoredTest, name: DataName): string {
  const field = measuredField(DATA_FIELDS[name]);
  if (field === null) return 'unsupported';
  return notAsked(askedProbes(test.manifest.spec), field.probe) ?? 'no-result';
}
