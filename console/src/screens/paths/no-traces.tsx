import type { Trace } from '@streamswarm/contract/wire/traces';
import type { TraceStream } from '../../api/path-queries.ts';
import { Empty } from '../../components/panel/panel.tsx';
import { Button } from '../../components/shell/button.tsx';
import { formatDuration } from '../../format/time.ts';

export function NothingAnswered({ trace }: { readonly trace: Trace }) {
  if (trace.reason !== null)
    return (
      <Empty title={`This trace could not be taken: ${trace.reason}.`}>
        An error is no path and no loss: nothing was learnt of the routers. Choose another trace below.
      </Empty>
    );
  return (
    <Empty title="Neither a router nor the destination answered this trace.">
      Routers and destinations may be told not to answer such packets, so this alone does not say that nothing
      gets through: the other probes of the test do. Choose another trace below.
    </Empty>
  );
}

interface NoSuchTraceProps {
  readonly at: string | null;
  readonly clock: (ms: number) => string;
  readonly onNewest: () => void;
}

export function NoSuchTrace({ at, clock, onNewest }: NoSuchTraceProps) {
  return (
    <>
      <Empty title={`There is no trace of ${clock(Date.parse(at ?? ''))}.`}>
        None was due at that moment, or it is kept no longer: single traces live as long as raw samples do.
        Choose one below, or the newest.
      </Empty>
      <Button onClick={onNewest}>Newest trace</Button>
    </>
  );
}

export function NoTraces({ stream, periodMs }: { readonly stream: TraceStream; readonly periodMs: number }) {
  return (
    <Empty title={`No trace of ${stream.agent} towards ${stream.destination} came in for this time.`}>
      One is taken every {formatDuration(periodMs / 1_000)}. Choose a longer range, another agent or another
      destination; the books at the foot say what became of the traces that were due.
    </Empty>
  );
}
