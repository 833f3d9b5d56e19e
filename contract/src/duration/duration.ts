/** Kubernetes-style durations: one to four `<integer><unit>` groups, such as `5s`, `1m30s`, `250ms`. */

export const DURATION_PATTERN = /^([0-9]{1,5}(h|m|s|ms)){1,4}$/;
const GROUP = /([0-9]{1,5})(ms|h|m|s)/g;
const MILLISECONDS = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

/** Milliseconds of a duration, or null where the text is not one. */
export function parseDurationMs(text: string): number | null {
  if (!DURATION_PATTERN.test(text)) return null;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(GROUP)) {
    total += Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
  }
  return total;
}

/** The shortest way to write a duration of whole milliseconds: 90000 is `1m30s`. */
export function formatDurationMs(ms: number): string {
  let rest = Math.round(ms);
  if (rest === 0) return '0s';
  let text = '';
  for (const unit of ['h', 'm', 's', 'ms'] as const) {
    const amount = Math.floor(rest / MILLISECONDS[unit]);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * MILLISECONDS[unit];
  }
  return text;
}
