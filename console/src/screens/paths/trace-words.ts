import { formatSeconds } from '@streamswarm/contract/format/numbers';
import type { TracePoint } from '@streamswarm/contract/wire/traces';
import type { PathName } from './trace-names.ts';

/** What a trace saw, in words: for who does not see its column. */
export function traceWords(
  { hash, hops, medians, reason, changedFrom }: TracePoint,
  names: ReadonlyMap<string, PathName>,
): string {
  if (hash === null) return reason === null ? 'nothing answered' : `error ${reason}`;
  const end = hops === null ? null : (medians[hops - 1] ?? null);
  const parts = [
    `path ${names.get(hash)?.name ?? ''}`,
    hops === null
      ? `not reached, answers up to hop ${medians.length}`
      : `${hops} ${hops === 1 ? 'hop' : 'hops'}`,
    end === null ? null : formatSeconds(end),
    changedFrom === null ? null : `changed from hop ${changedFrom} on`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
