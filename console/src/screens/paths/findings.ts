import { formatCount, formatPercent, formatSeconds } from '@streamswarm/contract/format/numbers';
import type { TracePoint } from '@streamswarm/contract/wire/traces';
import type { NetworkPath, PathHop } from '@streamswarm/contract/wire/views';
import { lossBegins } from '../test-detail/paths/compare-paths.ts';
import type { PathName } from './trace-names.ts';

/** What can be said of a path in one line: what, where, since when. */
export interface PathFinding {
  readonly glyph: 'wrong' | 'limited' | 'complete';
  readonly title: string;
  readonly text: string;
}

type Clock = (ms: number) => string;

/** Whether another router answered at any hop, and since when. */
export function changeFinding(
  traces: readonly TracePoint[],
  names: ReadonlyMap<string, PathName>,
  { clock, seenBy }: { readonly clock: Clock; readonly seenBy: (atMs: number) => string | null },
): PathFinding {
  const place = traces.findLastIndex(({ changedFrom }) => changedFrom !== null);
  const changed = traces[place];
  if (changed === undefined) return unchanged(traces, names.size);
  const before = traces.slice(0, place).findLast(({ hash }) => hash !== null) ?? null;
  const way = [before, changed].map((trace) => names.get(trace?.hash ?? '')?.name);
  const ways = way.every((name) => name !== undefined) ? `Path ${way.join(' → ')}` : 'Another router';
  const count = traces.filter(({ changedFrom }) => changedFrom !== null).length;
  return {
    glyph: 'wrong',
    title: `${ways} from hop ${changed.changedFrom} on, ${clock(Date.parse(changed.at))}`,
    text: [
      seenBy(Date.parse(changed.at)),
      count === 1 ? 'the only change in this time' : `the last of ${count} changes in this time`,
      destinationWords(before, changed),
    ]
      .filter((part) => part !== null)
      .join('; '),
  };
}

function unchanged(traces: readonly TracePoint[], paths: number): PathFinding {
  const text =
    paths > 1
      ? `${paths} sets of hops answered, and none of them contradicts another`
      : `${formatCount(traces.length)} ${traces.length === 1 ? 'trace' : 'traces'} in this time`;
  return { glyph: 'complete', title: 'No other router at any hop', text };
}

/** That they come together is said, not that one is because of the other. */
function destinationWords(before: TracePoint | null, after: TracePoint): string | null {
  const [was, is] = [before, after].map((trace) =>
    trace === null || trace.hops === null ? null : (trace.medians[trace.hops - 1] ?? null),
  );
  return was == null || is == null ? null : `destination ${formatSeconds(was)}, then ${formatSeconds(is)}`;
}

/** Whether the destination answers. */
export function reachFinding(traces: readonly TracePoint[], clock: Clock): PathFinding {
  const missed = traces.filter(({ hops }) => hops === null);
  const last = missed.at(-1);
  const share = `${formatCount(traces.length - missed.length)} of ${formatCount(traces.length)} traces`;
  if (last === undefined)
    return { glyph: 'complete', title: 'The destination answered', text: `in ${share}` };
  const isNow = last === traces.at(-1);
  return {
    glyph: isNow ? 'wrong' : 'limited',
    title: isNow ? 'The destination does not answer' : `Destination answered ${share}`,
    text: isNow
      ? `${whyMissed(last)}; it answered in ${share} of this time`
      : `last not at ${clock(Date.parse(last.at))}: ${whyMissed(last)}`,
  };
}

function whyMissed({ reason, medians }: TracePoint): string {
  if (reason !== null) return reason;
  return medians.length === 0 ? 'nothing answered at all' : `nothing answered beyond hop ${medians.length}`;
}

/** Loss that goes on to the end, and loss that is only the thrift of a router. */
export function lossFinding(path: NetworkPath): PathFinding {
  const begins = lossBegins(path.hops);
  const thrifty = path.hops.filter(
    ({ ttl, address, lost }) => address !== null && lost > 0 && (begins === null || ttl < begins),
  );
  const thrift =
    thrifty.length === 0
      ? ''
      : `hop ${thrifty.map(({ ttl, lost, sent }) => `${ttl} answers only ${formatPercent(1 - lost / sent, 0)}`).join(', ')}: rate limit, not loss`;
  const first = path.hops.find(({ ttl, address }) => ttl === begins && address !== null);
  if (first === undefined || begins === null)
    return { glyph: 'complete', title: 'No loss that goes on to the end', text: thrift || sentWords(path) };
  return {
    glyph: 'wrong',
    title: `${lostShare(path.hops.findLast(({ address }) => address !== null) ?? first)} lost from hop ${begins} to the end`,
    text: thrift || sentWords(path),
  };
}

const lostShare = ({ lost, sent }: PathHop): string => formatPercent(lost / sent, 1);

function sentWords({ hops, traces }: NetworkPath): string {
  const end = hops.at(-1);
  return `${formatCount(end?.lost ?? 0)} of ${formatCount(end?.sent ?? 0)} packets to the last hop, in ${formatCount(traces)} ${traces === 1 ? 'trace' : 'traces'} of this path`;
}

/** Hops that forward and say nothing. */
export function silenceFinding({ hops }: NetworkPath): PathFinding {
  const silent = hops.filter(
    ({ ttl, address }) => address === null && hops.every((hop) => hop.ttl !== ttl || hop.address === null),
  );
  if (silent.length === 0) {
    const count = new Set(hops.map(({ ttl }) => ttl)).size;
    return {
      glyph: 'complete',
      title: 'Every hop answered',
      text: `${count} ${count === 1 ? 'hop' : 'hops'} by one flow; others may go another way`,
    };
  }
  const ttls = silent.map(({ ttl }) => ttl);
  return {
    glyph: 'limited',
    title: `${ttls.length === 1 ? 'Hop' : 'Hops'} ${ttls.join(', ')} never answered`,
    text: 'later ones do: what stands there forwards and says nothing',
  };
}
