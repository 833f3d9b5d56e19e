import { effectiveProbes, type StreamTest } from '@streamswarm/contract';
import type { ReportData } from '../../export/report/report-data.ts';
import { guideName } from '../../guide/guide-manifest.ts';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import type { ApiServices } from '../services.ts';
import { eventList } from '../views/event-view.ts';
import { readDetail } from '../views/read-detail.ts';
import { iso, type TimeWindow } from '../window/window.ts';
import { readPairs } from './read-pairs.ts';
import { specFacts } from './spec-facts.ts';

const EVENTS = 40;
/** Newest first, so that a window of long ago may lie behind them. */
const EVENTS_LOOKED_AT = 500;

/** All that a report of a test shows of a window. */
export async function readReport(
  services: ApiServices,
  test: StoredTest,
  window: TimeWindow,
): Promise<ReportData> {
  const { reads, books, fleetInfo } = services;
  const { namespace, name, manifest } = test;
  const [madeMs, detail, accounting, rows, submitted] = await Promise.all([
    services.nowMs(),
    readDetail(services, test, { from: iso(window.fromMs), to: iso(window.toMs) }),
    books.accounting({ namespace, test: name, ...window }),
    reads.events({ limit: EVENTS_LOOKED_AT, namespace, test: name }),
    submittedResults(services, test.uid),
  ]);
  const inTime = eventList(rows).items.filter(({ at }) => {
    const ms = Date.parse(at);
    return ms >= window.fromMs && ms < window.toMs;
  });
  const oldestMs = rows.at(-1)?.at.getTime() ?? window.fromMs;
  return {
    name,
    namespace,
    version: fleetInfo.version,
    madeMs,
    ...window,
    summary: detail.summary,
    facts: [...scriptName(manifest), ...specFacts(manifest.spec)],
    ...(await readPairs(reads, { testUid: test.uid, probes: effectiveProbes(manifest.spec), window })),
    books: accounting,
    events: inTime.slice(0, EVENTS),
    hasMoreEvents: inTime.length > EVENTS || (rows.length === EVENTS_LOOKED_AT && oldestMs >= window.fromMs),
    submitted,
  };
}

/** Where a script gave it a name that is not ours. */
function scriptName(manifest: StreamTest): [label: string, words: string][] {
  const name = guideName(manifest);
  return name === manifest.metadata.name ? [] : [['Name', name]];
}

async function submittedResults({ guide }: ApiServices, uid: string): Promise<number> {
  if (guide === null) return 0;
  const id = (await guide.store.testIds([uid])).get(uid);
  return id === undefined ? 0 : ((await guide.store.extent(id))?.results ?? 0);
}
