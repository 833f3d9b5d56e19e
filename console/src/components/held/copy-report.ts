import { readConnection } from '../../api/connection.ts';
import { notify } from '../notice/notice-state.ts';
import { reportText } from './report-text.ts';

/** Copies what is known of the failure. */
export async function copyReport(): Promise<void> {
  const text = reportText({
    connection: readConnection(),
    page: location.href,
    browser: navigator.userAgent,
    nowMs: Date.now(),
  });
  try {
    await navigator.clipboard.writeText(text);
    notify('Report copied');
  } catch {
    notify('The browser did not let the report be copied.');
  }
}
