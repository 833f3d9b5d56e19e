'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { toggleTheme } from '../../theme/chosen-theme.ts';
import { openKeys } from './keys-dialog.tsx';
import { PLACES } from './nav.ts';

/** Set to `true` where a person does not want single keys (WCAG 2.1.4). */
export const KEYS_OFF = 'streamswarm.keys-off';
/** How long G waits for its second key. */
const CHORD_MS = 1_500;

/** The keys that work on every screen. */
export function useKeys(): void {
  const router = useRouter();
  const client = useQueryClient();
  useEffect(() => {
    let chordUntil = 0;
    const press = (event: KeyboardEvent): void => {
      if (isTyping(event) || localStorage.getItem(KEYS_OFF) === 'true') return;
      const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
      const place = PLACES.find((candidate) => candidate.key === key);
      if (performance.now() < chordUntil && place !== undefined) {
        router.push(place.href);
      } else if (key === 'T' && event.shiftKey) {
        for (const button of document.querySelectorAll<HTMLElement>('[data-twin]')) button.click();
      } else {
        const act: Readonly<Record<string, () => void>> = {
          n: () => router.push('/tests/new/'),
          l: toggleTheme,
          '/': () => document.getElementById('filter')?.focus(),
          '.': () => document.getElementById('live')?.click(),
          r: () => void client.refetchQueries({ type: 'active' }),
          '?': openKeys,
        };
        const found = act[key.toLowerCase()];
        if (found === undefined) {
          chordUntil = key === 'G' ? performance.now() + CHORD_MS : 0;
          return;
        }
        event.preventDefault();
        found();
      }
      chordUntil = 0;
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [router, client]);
}

function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target as HTMLElement | null;
  return target?.closest('input, select, textarea, dialog, [contenteditable]') != null;
}
