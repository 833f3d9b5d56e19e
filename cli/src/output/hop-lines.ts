import type { TraceHop } from '@streamswarm/contract';
import { formatSeconds } from '@streamswarm/contract/format/numbers';
import { tableLines } from './table.ts';

/** The hops of one trace, as people know them from traceroute. */
export function hopLines(path: readonly TraceHop[]): string[] {
  return tableLines<TraceHop>(
    [
      { head: 'HOP', right: true, cell: ({ ttl }) => String(ttl) },
      { head: 'ADDRESS', cell: ({ address, others = [] }) => [address ?? '*', ...others].join(' ') },
      {
        head: 'LOST',
        right: true,
        cell: ({ sent, rtts_seconds }) => `${sent - rtts_seconds.length}/${sent}`,
      },
      { head: 'ROUND TRIPS', cell: ({ rtts_seconds }) => rtts_seconds.map(formatSeconds).join('  ') || '-' },
      { head: '', cell: ({ unreachable = '' }) => unreachable },
    ],
    path,
  );
}
