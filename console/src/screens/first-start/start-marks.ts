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
  /** Names stand at the first of events that lie too close for a name each. */
  readonly names: readonly {
    readonly place: number;
    readonly above: boolean;
    readonly what: string;
    readonly detail: string;
  }[];
  readonly nowPlace: number;
  readonly ticks: readonly { readonly seconds: number; readonly place: number }[];
}

/** The axis ends a little after now, so that now is seen to move. */
const AHEAD = 1.25;
const LEAST_SECONDS = 10;

/** Share of the axis that a name needs. */
const NAME_WIDTH = 0.14;

/** Places the events of a start on an axis of seconds, names by turns above and below it. */
export function startMarks(startup: Fleet['startup'], startedAt: string, nowMs: number): StartMarks {
  const times = startup.map((event) => Date.parse(event.at));
  const originMs = Math.min(Date.parse(startedAt), ...times);
  const length = Math.max(LEAST_SECONDS, ((nowMs - originMs) / 1_000) * AHEAD);
  const placeOf = (ms: number): number => Math.min(1, Math.max(0, (ms - originMs) / 1_000 / length));
  const events = startup.map((event, i) => ({
    ...event,
    place: placeOf(Date.parse(event.at)),
    above: i % 2 === 0,
  }));
  return {
    originMs,
    events,
    names: nameMarks(events),
    nowPlace: placeOf(nowMs),
    ticks: ticks(length, 10).map((seconds) => ({ seconds, place: seconds / length })),
  };
}

function nameMarks(events: StartMarks['events']): StartMarks['names'] {
  const groups: StartMarks['events'][number][][] = [];
  for (const event of events) {
    const [first] = groups.at(-1) ?? [];
    if (first !== undefined && event.place - first.place < NAME_WIDTH) groups.at(-1)?.push(event);
    else groups.push([event]);
  }
  return groups.flatMap(([first, ...others], i) => {
    if (first === undefined) return [];
    const { place, what, detail } = first;
    const above = i % 2 === 0;
    if (others.length === 0) return [{ place, above, what, detail }];
    const all = [first, ...others];
    return [
      {
        place,
        above,
        what: all.map((event) => event.what).join(', '),
        detail: all.map((event) => event.detail).join(' · '),
      },
    ];
  });
}
