'use client';

import { type ScreenKeys, useScreenKeys } from '../shell/single-keys.ts';

const ROW = 'tr[data-row]';

/** J and K move the focus from row to row, to its first link, so that Enter opens it. Rows name themselves by `data-row`. */
export function useRowFocus(): void {
  useScreenKeys(KEYS);
}

const KEYS: ScreenKeys = { j: () => moveFocus(1), k: () => moveFocus(-1) };

/** The name of the row that has the focus. */
export function focusedRow(): string | null {
  return rowOfFocus()?.dataset['row'] ?? null;
}

function rowOfFocus(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(ROW) ?? null;
}

/** Rows that are far from the window are not drawn: those next to one that is seen are. */
function moveFocus(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROW)];
  const focused = rowOfFocus();
  const next = focused === null ? rows[0] : rows[rows.indexOf(focused) + step];
  next?.querySelector<HTMLElement>('a')?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
