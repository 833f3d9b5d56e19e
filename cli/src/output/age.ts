/** How long ago, as kubectl says it: 45s, 12m, 3h, 8d. */
export function age(time: string | null, nowMs: number): string {
  if (time === null) return '<none>';
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(time)) / 1_000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)}h` : `${Math.floor(seconds / 86_400)}d`;
}
