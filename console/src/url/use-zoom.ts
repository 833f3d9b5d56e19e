'use client';

import { useMemo } from 'react';
import { operatorTime } from '../components/state/use-now.ts';
import { movedRange } from './range-steps.ts';
import { useQueryState, useRange } from './use-query-state.ts';
import { isZoomed, zoomInto, zoomOut } from './zoom.ts';

export interface Zoom {
  /** The same length of time, so many ms later. */
  readonly move: (byMs: number) => void;
  readonly into: (window: { readonly fromMs: number; readonly toMs: number }) => void;
  /** Back to the range before the first zoom; null where there was none. */
  readonly out: (() => void) | null;
}

/** Zooms the range of the address; each zoom is a step that the browser can go back. */
export function useZoom(): Zoom {
  const { query, change } = useQueryState();
  const range = useRange();
  return useMemo(
    () => ({
      move: (byMs) => {
        const changes = movedRange(query, range, { byMs, nowMs: operatorTime(Date.now()) });
        if (changes !== null) change(changes, 'push');
      },
      into: (window) => change(zoomInto(query, range, window), 'push'),
      out: isZoomed(query) ? () => change(zoomOut(query), 'push') : null,
    }),
    [query, change, range],
  );
}
