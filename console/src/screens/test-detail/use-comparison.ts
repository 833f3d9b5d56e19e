'use client';

import type { Results } from '@streamswarm/contract/wire/views';
import { type TestName, useTestResults } from '../../api/queries.ts';
import { beforeOf, type Comparison, windowBefore } from '../../components/charts/before.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { useSharedCursor } from '../../components/charts/shared-cursor.tsx';
import { useRange } from '../../url/use-query-state.ts';
import type { ViewChoice } from './view-choice.ts';

interface Shown {
  readonly shown: Results | undefined;
  readonly markers: readonly Marker[];
}

/** What the moment under the cursor is compared with; it is asked for once there is a cursor. */
export function useComparison(name: TestName, choice: ViewChoice, { shown, markers }: Shown): Comparison {
  const range = useRange();
  const { atMs } = useSharedCursor();
  const window =
    shown === undefined || atMs === null
      ? null
      : windowBefore({ fromMs: Date.parse(shown.from), toMs: Date.parse(shown.to) }, markers, atMs);
  const { data, isError } = useTestResults(name, {
    range: window === null ? range : { kind: 'fixed', ...window },
    probe: choice.probe ?? '',
    metric: choice.metric,
    without: choice.off,
    destination: choice.destination,
    by: 'none',
    whole: true,
    enabled: window !== null,
  });
  return {
    before: data === undefined || data.metric !== shown?.metric ? null : beforeOf(data),
    isFailed: isError,
  };
}
