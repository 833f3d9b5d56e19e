import type { NetworkPath, Paths } from '@streamswarm/contract';
import type { Reads } from '../../store/queries/reads.ts';
import type { PathRow } from '../../store/queries/results/network-paths.ts';
import type { Selection } from '../../store/queries/results/selection.ts';
import { iso, isoOrNull, type TimeWindow } from '../window/window.ts';

export async function readPaths(reads: Reads, selection: Selection, window: TimeWindow): Promise<Paths> {
  const { paths, oldestReadMs, ...counts } = await reads.networkPaths(selection, window);
  return {
    probe: selection.probe ?? selection.kind,
    from: iso(window.fromMs),
    to: iso(window.toMs),
    ...counts,
    oldestRead: isoOrNull(oldestReadMs),
    paths: paths.map(pathView),
  };
}

function pathView({ firstSeenMs, lastSeenMs, hops, ...path }: PathRow): NetworkPath {
  return { ...path, firstSeen: iso(firstSeenMs), lastSeen: iso(lastSeenMs), hops: [...hops] };
}
