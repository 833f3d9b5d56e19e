'use client';

import { useMemo } from 'react';
import { useQueryState, useRange } from './use-query-state.ts';
import { isZoomed, zoomInto, zoomOut } from './zoom.ts';

export interface Zoom {
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
      into: (window) => change(zoomInto(query, range, window), 'push'),
      out: isZoomed(query) ? () => change(zoomOut(query), 'push') : null,
    }),
    [query, change, range],
  );
}
