import { readFileSync } from 'node:fs';

interface AuditLine {
  readonly stage: string;
  readonly verb: string;
  readonly stageTimestamp: string;
  readonly objectRef?: { readonly resource?: string; readonly subresource?: string };
}

/** When each status of a StreamTest was written between two times (wall clock, ms), by the audit log of the API server. */
export function statusWrites(auditLogPath: string, fromMs: number, toMs: number): number[] {
  return readFileSync(auditLogPath, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"subresource":"status"') && line.includes('"streamtests"'))
    .map((line) => JSON.parse(line) as AuditLine)
    .filter(({ stage, verb }) => stage === 'ResponseComplete' && verb === 'patch')
    .map(({ stageTimestamp }) => Date.parse(stageTimestamp))
    .filter((atMs) => atMs >= fromMs && atMs < toMs);
}

/** The most that fell into any one second of the window. */
export function busiestSecond(timesMs: readonly number[]): number {
  const sorted = timesMs.toSorted((a, b) => a - b);
  let most = 0;
  for (let first = 0, last = 0; last < sorted.length; last++) {
    while ((sorted[last] ?? 0) - (sorted[first] ?? 0) >= 1_000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
