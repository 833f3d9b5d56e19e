import type { StreamTestStatus } from '@streamswarm/contract';
import type { DecidedStatus } from './decide-status.ts';

/**
 * Whether a status has news that people and programs wait for: accepted, refused, started, first result, ended.
 * All else is progress, which shares a budget of writes.
 */
export function isUrgent(stored: StreamTestStatus | undefined, wanted: Partial<DecidedStatus>): boolean {
  return JSON.stringify(newsOf(stored)) !== JSON.stringify(newsOf(wanted));
}

function newsOf(status: Partial<DecidedStatus> | StreamTestStatus | undefined) {
  return [
    status?.observedGeneration,
    status?.state,
    status?.lastHandledRunNow,
    status?.lastHandledStopNow,
    status?.nextRunTime,
    status?.run?.id,
    status?.run?.result,
    status?.lastResultTime !== undefined,
    (status?.conditions ?? []).map(({ type, status, reason }) => `${type}=${status}:${reason}`).toSorted(),
  ];
}
