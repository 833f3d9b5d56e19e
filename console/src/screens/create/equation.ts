import {
  diskQuantity,
  formatCount,
  joined,
  rateNumber,
  UNIT_SPACE,
} from '@streamswarm/contract/format/numbers';
import type { PlanPreview } from '@streamswarm/contract/wire/views';
import { formatDuration } from '../../format/time.ts';

export interface Term {
  /** Stands before the value: ÷, =, → or nothing. */
  readonly sign: string;
  readonly value: string;
  readonly note: string;
}

/**
 * From agents to bytes. The division is written only where every stream has the same period: it must come out
 * right for a reader who does it in the head.
 */
export function equationOf(preview: PlanPreview): Term[] {
  const periods = new Set(preview.pairs.filter((pair) => pair.applies).map((pair) => pair.periodSeconds));
  const [period] = periods;
  const samples = preview.samplesPerSecond;
  return [
    { sign: '', value: formatCount(preview.agents), note: preview.agents === 1 ? 'agent' : 'agents' },
    { sign: '·', value: formatCount(preview.streams), note: 'streams' },
    ...(periods.size === 1 && period !== undefined
      ? [{ sign: '÷', value: formatDuration(period), note: 'interval' }]
      : []),
    {
      sign: '=',
      value: `${rateNumber(samples)}${UNIT_SPACE}samples/s`,
      note: periods.size > 1 ? 'of several intervals' : 'answered or accounted for',
    },
    {
      sign: '→',
      value: `about ${joined(diskQuantity(preview.bytesPerDay))}`,
      note: 'on disk a day, raw',
    },
  ];
}
