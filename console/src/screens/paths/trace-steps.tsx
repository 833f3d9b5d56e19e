'use client';

import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { Button } from '../../components/shell/button.tsx';
import { useNow } from '../../components/state/use-now.ts';
import { clockTimeOn, formatAge, formatDuration } from '../../format/time.ts';
import css from './paths.module.css';

interface TraceStepsProps {
  readonly traces: readonly TracePoint[];
  readonly place: number;
  /** When the trace that is shown was due; null where there is none. */
  readonly at: string | null;
  /** Of the destination, as it was used. */
  readonly address: string | null;
  readonly periodMs: number;
  /** Whether traces should be coming in. */
  readonly isLive: boolean;
  readonly onChoose: (place: number) => void;
}

/** After so many periods without a trace the newest is old. */
const STALE_PERIODS = 3;

/** What is looked at, and the ways to the traces before and after it. */
export function TraceSteps(props: TraceStepsProps) {
  const { traces, place, at, address, periodMs, isLive, onChoose } = props;
  const now = useNow();
  const newest = traces.at(-1);
  const age = newest === undefined || now === 0 ? 0 : now - Date.parse(newest.at);
  const isOutside = at !== null && traces[place]?.at !== at;
  return (
    <div className={css['steps']}>
      <p>
        one flow by ICMP{address === null ? '' : ` to ${address}`} · every {formatDuration(periodMs / 1_000)}
        {at === null ? null : (
          <>
            {' · '}
            <b>this trace {clockTimeOn(Date.parse(at), now)}</b>
          </>
        )}
        {isOutside ? ' · outside of the time shown' : null}
        {isLive && age > STALE_PERIODS * periodMs ? (
          <b className={css['stale']}> · the newest is {formatAge(age / 1_000)} old</b>
        ) : null}
      </p>
      <Button shortcut="J" disabled={place <= 0} onClick={() => onChoose(place - 1)}>
        ‹<span className="visually-hidden"> the trace before</span>
      </Button>
      <Button shortcut="K" disabled={place >= traces.length - 1} onClick={() => onChoose(place + 1)}>
        ›<span className="visually-hidden"> the trace after</span>
      </Button>
    </div>
  );
}
