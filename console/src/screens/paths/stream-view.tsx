'use client';

import type { Trace, TraceTimeline } from '@streamswarm/contract/wire/traces';
import { type ReactNode, useMemo, useState } from 'react';
import {
  type TraceStream,
  usePathChanges,
  useTestPaths,
  useTimeline,
  useTrace,
} from '../../api/path-queries.ts';
import { isMissing, type TestName } from '../../api/queries.ts';
import { TwinButton } from '../../components/charts/twin-button.tsx';
import { Empty, Panel } from '../../components/panel/panel.tsx';
import { useScreenKeys } from '../../components/shell/single-keys.ts';
import { classes } from '../../components/state/class-names.ts';
import { useNow } from '../../components/state/use-now.ts';
import { clockTimeOn } from '../../format/time.ts';
import { keyOf } from '../../url/query-string.ts';
import { rangeWindow } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { type DrawnPath, PathHops } from '../test-detail/paths/path-hops.tsx';
import { FindingsRow } from './findings-row.tsx';
import { HopTable } from './hop-table.tsx';
import { AGAINSTS, type Against, comparedWith, placeAt } from './neighbours.ts';
import { NoSuchTrace, NoTraces, NothingAnswered } from './no-traces.tsx';
import css from './paths.module.css';
import { RampLegend } from './ramp-legend.tsx';
import { seenBy } from './seen-by.ts';
import { traceNames } from './trace-names.ts';
import { TraceSteps } from './trace-steps.tsx';
import { TraceStrip } from './trace-strip.tsx';
import { TraceTable } from './trace-table.tsx';
import { useChosenTrace } from './use-chosen-trace.ts';

interface StreamViewProps {
  readonly name: TestName;
  readonly stream: TraceStream;
  readonly periodMs: number;
  readonly isRunning: boolean;
  /** Whose traces they are, to choose others. */
  readonly pickers: ReactNode;
}

/** The traces of one stream: what is to be said of them, one of them in full, and all of them over time. */
export function StreamView({ name, stream, periodMs, isRunning, pickers }: StreamViewProps) {
  const range = useRange();
  const now = useNow();
  const { query, change } = useQueryState();
  const [asTable, setAsTable] = useState(false);
  const timeline = useTimeline(name, stream, { range, periodMs });
  const traces = useMemo(() => timeline.data?.traces ?? [], [timeline.data]);
  const names = useMemo(() => traceNames(traces), [traces]);
  const [asked, setAsked] = useChosenTrace();
  const place = placeAt(traces, asked);
  const at = asked ?? traces.at(-1)?.at ?? null;
  const against = AGAINSTS.find((each) => each === query.get('against')) ?? 'path';
  const other = comparedWith(traces, place, against);
  const trace = useTrace(name, stream, at);
  const before = useTrace(name, stream, other?.at ?? null);
  const path = usePath(name, stream, trace.data?.hash ?? null);
  const choose = (next: number): void => {
    const wanted = traces[next];
    // The newest follows what comes.
    if (wanted !== undefined) setAsked(next === traces.length - 1 ? null : wanted.at);
  };
  const toggle = (): void => change({ against: against === 'path' ? 'trace' : null });
  useScreenKeys({ j: () => choose(place - 1), k: () => choose(place + 1), d: toggle });
  const seenByOthers = useSeenBy(name, stream, periodMs);
  const clock = (ms: number): string => clockTimeOn(ms, now);
  const compared = other === null ? null : (before.data ?? null);
  const window = rangeWindow(range, now);

  if (timeline.data !== undefined && traces.length === 0 && asked === null)
    return (
      <>
        <div className={css['bar']}>{pickers}</div>
        <div className={css['block']}>
          <NoTraces stream={stream} periodMs={periodMs} />
        </div>
      </>
    );
  return (
    <div className={css['view']}>
      <div className={css['bar']}>
        {pickers}
        <TraceSteps
          traces={traces}
          place={place}
          at={at}
          address={trace.data?.address ?? null}
          periodMs={periodMs}
          isLive={isRunning && range.kind === 'last'}
          onChoose={choose}
        />
      </div>
      {traces.length === 0 ? null : (
        <FindingsRow traces={traces} names={names} path={path} clock={clock} seenBy={seenByOthers} />
      )}
      <div className={css['drawing']}>
        {isMissing(trace.error) ? (
          <NoSuchTrace clock={clock} at={at} onNewest={() => setAsked(null)} />
        ) : (
          <Panel
            title="Hops"
            caption={(data) => hopsCaption({ trace: data, before: compared, names, against, clock })}
            aside={
              <button
                type="button"
                className={css['link']}
                aria-pressed={against === 'trace'}
                onClick={toggle}
              >
                {against === 'path' ? 'against the trace before (D)' : 'against the last other path (D)'}
              </button>
            }
            query={trace}
            reading="the trace"
            empty={(data) => (data.path.length === 0 ? <NothingAnswered trace={data} /> : null)}
          >
            {(data) => (
              <div className={css['drawn']}>
                <PathHops path={drawn(data)} before={compared === null ? null : drawn(compared)} />
              </div>
            )}
          </Panel>
        )}
      </div>
      <div className={classes(css['block'], css['over-time'])}>
        <Panel
          title="Over time"
          caption={(data) => stripCaption(data, clock)}
          aside={
            <>
              <RampLegend />
              <TwinButton asTable={asTable} onChange={setAsTable} />
            </>
          }
          query={timeline}
          reading="the traces"
          empty={(data) =>
            data.traces.length > 0 ? null : <Empty title="No trace was taken in this time." />
          }
        >
          {(data) =>
            asTable ? (
              <TraceTable traces={data.traces} names={names} place={place} onChoose={choose} />
            ) : (
              <TraceStrip
                timeline={data}
                names={names}
                place={place}
                periodMs={periodMs}
                window={window}
                onChoose={choose}
              />
            )
          }
        </Panel>
      </div>
      {trace.data === undefined || trace.data.path.length === 0 ? null : (
        <div className={css['block']}>
          <HopTable trace={trace.data} before={compared} path={path} clock={clock} />
        </div>
      )}
    </div>
  );
}

/** All that the traces of this time say of one path of the stream. */
function usePath(name: TestName, stream: TraceStream, hash: string | null) {
  const { probe, agent, destination } = stream;
  const [ofSpec = destination] = destination.split('/');
  const paths = useTestPaths(name, { range: useRange(), probe, agent, destination: ofSpec });
  return (
    paths.data?.paths.find(
      (path) => path.hash === hash && path.agent === agent && path.destination === destination,
    ) ?? null
  );
}

/** The API compares the traces of a day at most. */
const MOST_COMPARED_MS = 86_400_000;

/** How many agents saw a change towards the same destination. */
function useSeenBy(name: TestName, { probe, destination }: TraceStream, periodMs: number) {
  const range = useRange();
  const { fromMs, toMs } = rangeWindow(range, 0);
  const enabled = toMs - fromMs <= MOST_COMPARED_MS;
  const changes = usePathChanges({ range, test: keyOf(name), probe, destination, enabled }).data;
  return (atMs: number) => (changes === undefined || !enabled ? null : seenBy(changes, { atMs, periodMs }));
}

function drawn({ agent, hops, path }: Trace): DrawnPath {
  return { agent, reached: hops === null ? 0 : 1, hops: path };
}

interface HopsCaption {
  readonly trace: Trace;
  readonly before: Trace | null;
  readonly names: ReturnType<typeof traceNames>;
  readonly against: Against;
  readonly clock: (ms: number) => string;
}

function hopsCaption({ trace, before, names, against, clock }: HopsCaption): string {
  const named = (of: Trace): string => {
    const known = names.get(of.hash ?? '')?.name;
    return known === undefined ? 'no path' : `path ${known}`;
  };
  const own = `trace of ${clock(Date.parse(trace.at))}, ${named(trace)}`;
  if (trace.path.length === 0) return own;
  if (before === null)
    return `${own} · ${against === 'path' ? 'no other path' : 'no trace'} before it in this time`;
  return `${own} · dotted: ${clock(Date.parse(before.at))}, ${named(before)}`;
}

function stripCaption({ traces, oldestRead }: TraceTimeline, clock: (ms: number) => string): string {
  const words = ['path, then median round trip of each hop; one column a trace, choose one to see it above'];
  if (oldestRead !== null)
    words.unshift(
      `the newest ${traces.length.toLocaleString('en')} traces, none before ${clock(Date.parse(oldestRead))}: choose a shorter range to see those`,
    );
  return words.join(' · ');
}
