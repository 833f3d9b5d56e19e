/** The same warning again is news only after a while; what a program repeats stands in its log file. */
const QUIET_MS = 60_000;
const REMEMBERED = 200;

/** Whether a line should be shown: not if the same one, numbers aside, was shown within the last minute. */
export function repeatFilter(now: () => number): (line: string) => boolean {
  const shownMs = new Map<string, number>();
  return (line) => {
    const key = line.replace(/[0-9]+/g, '#');
    const atMs = now();
    const before = shownMs.get(key);
    if (before !== undefined && atMs - before < QUIET_MS) return false;
    shownMs.delete(key);
    shownMs.set(key, atMs);
    if (shownMs.size > REMEMBERED) shownMs.delete(shownMs.keys().next().value ?? key);
    return true;
  };
}
