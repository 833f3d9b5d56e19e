import type { Fleet } from '@streamswarm/contract/wire/views';
import { ticks } from '../../components/charts/round-ticks.ts';

export interface StartMarks {
  readonly originMs: number;
  readonly events: readonly {
    readonly at: string;
    readonly what: string;
    readonly detail: string;
    /** 0 to 1 along the axis. */
    readonly place: number;
    readonly above: boolean;
  }[];
  readonly nowPlace: number;
  readonly ticks: readonly { readonly seconds: number; readonly place: number }[];
}

/** The axis ends a little after now, so that now is seen to move. */
const AHEAD = 1.25;
const LEAST_SECONDS = 10;

/** Places the events of a start on an axis of seconds, names by turns above and below it. */
export function startMarks(startup: Fleet['startup'], startedAt: string, nowMs: number): StartMarks {
  const times = startup.map((event) => Date.parse(event.at));
  const originMs = Math.min(Date.parse(startedAt), ...times);
  const length = Math.max(LEAST_SECONDS, ((nowMs - originMs) / 1_000) * AHEAD);
  const placeOf = (ms: number): number => Math.min(1, Math.max(0, (ms - originMs) / 1_000 / length));
  return {
    originMs,
    events: startup.map((event, i) => ({
      ...event,
      place: placeOf(Date.parse(event.at)),
      above: i % 2 === 0,
    })),
    nowPlace: placeOf(nowMs),
    ticks: ticks(length, 10).map((seconds) => ({ seconds, place: seconds / length })),
  };
}
