import type { Fleet } from '@streamswarm/contract';
import type { ApiServices } from '../services.ts';
import { fromFullMinute, iso, isoOrNull, resolveWindow, type WindowQuery } from '../window/window.ts';
import { countStates } from './list-tests.ts';
import { readStates } from './read-states.ts';

/** The first line of the Overview, over a window (the last hour). */
export async function readFleet(services: ApiServices, query: WindowQuery): Promise<Fleet> {
  const { reads, tests, fleetInfo } = services;
  const nowMs = await services.nowMs();
  const stored = (await tests.list()).filter((test) => test.deletedMs === null);
  const [agents, { states }, figures, samplesPerSecond, latest] = await Promise.all([
    reads.agents(),
    readStates(services, stored, nowMs),
    reads.fleetFigures(fromFullMinute(resolveWindow(query, nowMs))),
    answeredPerSecond(services, nowMs),
    reads.latestResults(null),
  ]);
  const newest = [...latest.values()].reduce<number | null>((max, ms) => Math.max(max ?? 0, ms), null);
  return {
    cluster: fleetInfo.cluster,
    version: fleetInfo.version,
    loopbackOnly: fleetInfo.loopbackOnly,
    kubernetes: fleetInfo.kubernetes,
    startedAt: fleetInfo.startedAt,
    agents: agents.map(({ name, online, lastSeen }) => ({ name, online, lastSeen: lastSeen.toISOString() })),
    tests: countStates(states.values()),
    samplesPerSecond,
    p95Seconds: figures.p95Seconds,
    selfErrorP99Seconds: figures.selfErrorP99Seconds,
    lossCounts: { sent: figures.sent, lost: figures.lost },
    newestSampleTime: isoOrNull(newest),
    now: iso(nowMs),
    startup: fleetInfo.startup(),
  };
}

/**
 * Slots answered a second since the begin of the last full minute, because the books count by minutes; null in
 * the first seconds of an operator, when there is nothing to divide by.
 */
async function answeredPerSecond({ reads, fleetInfo }: ApiServices, nowMs: number): Promise<number | null> {
  const minuteMs = Math.floor(nowMs / 60_000) * 60_000 - 60_000;
  const seconds = (nowMs - Math.max(minuteMs, Date.parse(fleetInfo.startedAt))) / 1_000;
  if (seconds < 5) return null;
  return (await reads.answeredSlots({ fromMs: minuteMs, toMs: nowMs })) / seconds;
}
