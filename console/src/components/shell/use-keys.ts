'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import { toggleTheme } from '../../theme/chosen-theme.ts';
import { readDefaultRange } from '../../url/default-range.ts';
import { changedQuery } from '../../url/query-string.ts';
import { readRange } from '../../url/range.ts';
import { steppedRange } from '../../url/range-steps.ts';
import { openPalette } from '../palette/palette-state.ts';
import { operatorTime } from '../state/use-now.ts';
import { copyLink } from './copy-link.ts';
import { type KeyActs, ruleFor } from './key-map.ts';
import { openKeys } from './keys-dialog.tsx';
import { PLACES } from './nav.ts';
import { isSingleKey, screenAct } from './single-keys.ts';

/** How long G waits for its second key. */
const CHORD_MS = 1_500;

/** The keys that work on every screen. */
export function useKeys(): void {
  const acts = useKeyActs();
  useEffect(() => {
    let chordUntil = 0;
    const press = (event: KeyboardEvent): void => {
      if (isPaletteKey(event)) {
        event.preventDefault();
        acts.openPalette();
        return;
      }
      if (!isSingleKey(event)) return;
      const key = event.key.toUpperCase();
      const place = PLACES.find((candidate) => candidate.key === key);
      const chorded = performance.now() < chordUntil && !event.shiftKey && place !== undefined;
      chordUntil = key === 'G' ? performance.now() + CHORD_MS : 0;
      const rule = ruleFor(event);
      const act = chorded
        ? () => acts.go(place.href)
        : (screenAct(event) ?? (rule === null ? null : () => rule.act(acts)));
      if (act === null) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [acts]);
}

/** What keys and palette do, on whatever screen. */
export function useKeyActs(): KeyActs {
  const router = useRouter();
  const client = useQueryClient();
  return useMemo(
    () => ({
      go: (href) => router.push(href),
      toggleTheme,
      toggleLive: () => document.getElementById('live')?.click(),
      toggleTables: () => {
        for (const button of document.querySelectorAll<HTMLElement>('[data-twin]')) button.click();
      },
      stepRange: (step) => {
        // Only a screen with a range in its header shows a time.
        if (document.getElementById('range') === null) return;
        // The address itself: a key may come before the screen has followed the one before.
        const query = new URLSearchParams(location.search);
        const range = readRange(query, readDefaultRange());
        const changes = steppedRange(query, range, { step, nowMs: operatorTime(Date.now()) });
        if (changes === null) return;
        router.push(`${location.pathname}?${changedQuery(query, changes)}`, { scroll: false });
      },
      copyLink: () => void copyLink(),
      find: () => {
        const filter = document.getElementById('filter');
        if (filter === null) openPalette();
        else filter.focus();
      },
      openPalette,
      openKeys,
      readAgain: () => void client.refetchQueries({ type: 'active' }),
    }),
    [router, client],
  );
}

/** It writes nothing, so it works inside fields too. */
function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey;
}
