import type { Connection } from '../../api/connection-state.ts';

export interface Failure {
  readonly connection: Connection;
  /** Address of the page. */
  readonly page: string;
  readonly browser: string;
  /** This browser's clock, ms. */
  readonly nowMs: number;
}

/** What failed, for somebody who is asked for help: plain text, times in UTC by this browser's clock. */
export function reportText({ connection, page, browser, nowMs }: Failure): string {
  const { failingSinceMs, lastGoodMs, clockOffsetMs, attempts } = connection;
  const time = (ms: number | null): string => (ms === null ? 'never' : new Date(ms).toISOString());
  return [
    'StreamSwarm console: the operator does not answer',
    `page          ${page}`,
    `now           ${time(nowMs)}`,
    `failing since ${time(failingSinceMs)}`,
    `last answer   ${time(lastGoodMs)}`,
    `its clock     minus that of this browser: ${clockOffsetMs} ms`,
    `browser       ${browser}`,
    `tried (newest first${attempts.length > 0 ? '' : ': nothing yet'})`,
    ...attempts.map(({ atMs, what, outcome }) => `  ${time(atMs)} ${what}: ${outcome}`),
    '',
  ].join('\n');
}
