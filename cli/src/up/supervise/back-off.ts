const FIRST_MS = 200;
const LONGEST_MS = 5_000;
/** A child that lived this long was well: its next death begins anew. */
const WELL_AFTER_MS = 30_000;

/** How long to wait before the next start: 0.2 s, doubled for each death in a row, up to 5 s. */
export function restartDelayMs(deathsInARow: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, deathsInARow - 1)));
}

export function deathsInARow(before: number, livedMs: number): number {
  return livedMs >= WELL_AFTER_MS ? 1 : before + 1;
}
