import { readConnection } from '../../api/connection.ts';
import { heldAt } from '../../api/connection-state.ts';
import { clockTimeOn } from '../../format/time.ts';
import { absoluteQuery } from '../../url/absolute-query.ts';
import { readDefaultRange } from '../../url/default-range.ts';
import { rangeWindow, readRange } from '../../url/range.ts';
import { notify } from '../notice/notice-state.ts';
import { operatorTime } from '../state/use-now.ts';

/** Copies the address of what is shown; where a time is shown, with its two moments. */
export async function copyLink(): Promise<void> {
  const { search, words } = viewNow();
  try {
    await navigator.clipboard.writeText(`${location.origin}${location.pathname}${search}`);
    notify(`Link copied${words}`);
  } catch {
    // A person can refuse it, and a browser may not offer it: neither is a fault of this page.
    notify('The browser did not let the link be copied.');
  }
}

/** The query of the link, and which time it holds. */
function viewNow(): { search: string; words: string } {
  // Only a screen with a range in its header shows a time.
  if (document.getElementById('range') === null) return { search: location.search, words: '' };
  const now = operatorTime(heldAt(readConnection()) ?? Date.now());
  // The address itself: a key may come before the screen has followed the one before.
  const query = new URLSearchParams(location.search);
  const range = readRange(query, readDefaultRange());
  const { fromMs, toMs } = rangeWindow(range, now);
  const [from, to] = [fromMs, toMs].map((ms) => clockTimeOn(ms, now));
  return { search: `?${absoluteQuery(query, range, now)}`, words: `: always ${from} \u2013 ${to}` };
}
