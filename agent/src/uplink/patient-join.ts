import type { Timers } from '../clock/timers.ts';
import type { Joined } from '../identity/joined-file.ts';
import type { AgentLogger } from '../logger.ts';
import { Backoff } from './backoff.ts';
import { type JoinOptions, joinOperator } from './join-operator.ts';
import { RefusedError } from './operator-http.ts';

/** An operator that starts, or a port that a cluster is about to open, is there by then; a wrong address never is. */
const PATIENCE_MS = 120_000;
const LONGEST_WAIT_MS = 10_000;

const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);

export interface PatientJoinRoom {
  readonly timers: Timers;
  readonly log: AgentLogger;
  random(): number;
  /** joinOperator unless given. */
  readonly join?: (options: JoinOptions) => Promise<Joined>;
}

/**
 * Joins like joinOperator, and tries again for two minutes while the operator cannot be reached. What it says no to
 * is final at once, and so is a server that is not the operator.
 */
export async function joinPatiently(
  options: JoinOptions,
  { timers, log, random, join = joinOperator }: PatientJoinRoom,
): Promise<Joined> {
  const backoff = new Backoff({ longestMs: LONGEST_WAIT_MS, random });
  const endMs = timers.monotonicMs() + PATIENCE_MS;
  for (;;) {
    try {
      return await join(options);
    } catch (error) {
      if (!mayPass(error) || timers.monotonicMs() >= endMs) throw error;
      log.warn(
        { server: options.server, reason: (error as Error).message },
        'the operator cannot be reached to join it: trying again',
      );
    }
    await new Promise<void>((resolve) => timers.after(backoff.nextMs(), resolve));
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof RefusedError) return error.refusal.status === 429 || error.refusal.status >= 500;
  return NOT_REACHED.has((error as NodeJS.ErrnoException).code ?? '');
}
