import { MAX_CHANGE_TIMES, type PathChange, type PathChanges } from '@streamswarm/contract';
import type { Reads } from '../../store/queries/reads.ts';
import type { WayRow } from '../../store/queries/results/path-ways.ts';
import type { Selection } from '../../store/queries/results/selection.ts';
import { iso, type TimeWindow } from '../window/window.ts';
import { changedHops } from './changed-hops.ts';

/** Where another router answered in a window, by the same comparison as in the timeline of a stream. */
export async function readPathChanges(
  reads: Reads,
  selection: Selection,
  window: TimeWindow,
): Promise<PathChanges> {
  const { streams, agents, ways } = await reads.pathWays(selection, window);
  const changed = [...Map.groupBy(ways, ({ stream }) => stream).values()].flatMap(changeOf);
  return {
    from: iso(window.fromMs),
    to: iso(window.toMs),
    streams,
    agents,
    changed: changed.toSorted((a, b) => Date.parse(b.times[0] ?? '') - Date.parse(a.times[0] ?? '')),
  };
}

function changeOf(ways: readonly WayRow[]): PathChange[] {
  const [first] = ways;
  const changed = changedHops(ways);
  const times = ways.filter((_, i) => changed[i] !== null).map(({ atMs }) => iso(atMs));
  if (first === undefined || times.length === 0) return [];
  const { namespace, test, probe, agent, destination } = first;
  return [
    {
      namespace,
      test,
      probe,
      agent,
      destination,
      changes: times.length,
      times: times.toReversed().slice(0, MAX_CHANGE_TIMES),
    },
  ];
}
