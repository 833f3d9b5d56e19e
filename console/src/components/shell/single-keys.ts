'use client';

import { useEffect } from 'react';

/** Set to `true` where a person does not want single keys (WCAG 2.1.4). */
export const KEYS_OFF = 'streamswarm.keys-off';

/** Whether a pressed key is a single one that may do something: no command of the browser, and not in a field. */
export function isSingleKey(event: KeyboardEvent): boolean {
  // Some keyboards type [ and ] with AltGr, which counts as Ctrl and Alt.
  const isCommand = event.ctrlKey || event.metaKey || event.altKey;
  if (event.defaultPrevented || (isCommand && !event.getModifierState('AltGraph'))) return false;
  const target = event.target as HTMLElement | null;
  if (target?.closest('input, select, textarea, dialog, [contenteditable]') != null) return false;
  return localStorage.getItem(KEYS_OFF) !== 'true';
}

/** Keys of one screen, in small letters, beside those of all screens. Digits need Shift on some keyboards. */
export function useScreenKeys(acts: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = acts[event.key.toLowerCase()];
      const isShifted = event.shiftKey && !/^[0-9]$/.test(event.key);
      if (act === undefined || isShifted || !isSingleKey(event)) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [acts]);
}
