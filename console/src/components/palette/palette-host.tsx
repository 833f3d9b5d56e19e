'use client';

import { lazy, Suspense } from 'react';
import { usePaletteOpen } from './palette-state.ts';

// Most visits never search: its script is fetched when it is asked for.
const Palette = lazy(() => import('./palette.tsx'));

export function PaletteHost() {
  return usePaletteOpen() ? (
    <Suspense>
      <Palette />
    </Suspense>
  ) : null;
}
