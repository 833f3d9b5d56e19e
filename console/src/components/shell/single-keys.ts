'use client';

import { useEffect } from 'react';

/** Set to `true` where a person does not want single keys (WCAG 2.1.4). */
export const KEYS_OFF = 'streamswarm.keys-off';

/** What the keys of one screen do: small letters, `shift x` for a capital, other keys by their name in small letters. */
export type ScreenKeys = Readonly<Record<string, () => void>>;

/** Fields in which a letter is text. */
const FIELDS = 'input:not([type="checkbox"]), select, textarea, dialog, [contenteditable]';

/** Whether a pressed key is a single one that may do something: no command of the browser, and not in a field. */
export function isSingleKey(event: KeyboardEvent): boolean {
  // Some keyboards type [ and ] with AltGr, which counts as Ctrl and Alt.
  const isCommand = event.ctrlKey || event.metaKey || event.altKey;
  if (event.defaultPrevented || (isCommand && !event.getModifierState('AltGraph'))) return false;
  const target = event.target as HTMLElement | null;
  if (target?.closest(FIELDS) != null) return false;
  return localStorage.getItem(KEYS_OFF) !== 'true';
}

/** Each use is an entry of its own: two may have the same keys. */
const onScreen = new Set<{ readonly keys: ScreenKeys }>();

/** Keys of one screen: they come before those of all screens, and are read by the same listener. */
export function useScreenKeys(keys: ScreenKeys): void {
  useEffect(() => {
    const entry = { keys };
    onScreen.add(entry);
    return () => void onScreen.delete(entry);
  }, [keys]);
}

export function screenAct(event: Pick<KeyboardEvent, 'key' | 'shiftKey'>): (() => void) | null {
  const key = event.key.toLowerCase();
  // Digits need Shift on some keyboards.
  const name = event.shiftKey && !/^[0-9]$/.test(key) ? `shift ${key}` : key;
  for (const { keys } of onScreen) {
    const act = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (act !== undefined) return act;
  }
  return null;
}
