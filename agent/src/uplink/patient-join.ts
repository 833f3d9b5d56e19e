import type { Timers } from '../clock/timers.ts';
import type { Joined } from '../identity/joined-file.ts';
import type { AgentLogger } from '../logger.ts';
import { Backoff } from './backoff.ts';
import { type JoinOptions, joinOperator } from './join-operator.ts';
import { isNotReached } from './not-reached.ts';
import { RefusedError } from './operator-http.ts';
import { waitAfter } from './wait-after.ts';

/** An operator that starts, or a port that a cluster is about to open, is there by then; a wrong address never is. */
const PATIENCE_MS = 120_000;
const LONGEST_WAIT_MS = 10_000;

export interface PatientJoinRoom {
  readonly timers: Timers;
  readonly log: AgentLogger;
  wallMs(): number;
  random(): number;
  /** joinOperator unless given. */
  readonly join?: (options: JoinOptions) => Promise<Joined>;
}

/**
 * Joins like joinOperator, and tries again for two minutes while the operator cannot be reached or asks to wait.
 * What it says no to is final at once, and so is a server that is not the operator.
 */
export async function joinPatiently(
  options: JoinOptions,
  { timers, log, wallMs, random, join = joinOperator }: PatientJoinRoom,
): Promise<Joined> {
  const backoff = new Backoff({ longestMs: LONGEST_WAIT_MS, random });
  const endMs = timers.monotonicMs() + PATIENCE_MS;
  for (;;) {
    try {
      return await join(options);
    } catch (error) {
      const refusal = error instanceof RefusedError ? error.refusal : null;
      const mayPass =
        refusal === null ? isNotReached(error) : refusal.status === 429 || refusal.status >= 500;
      if (!mayPass || timers.monotonicMs() >= endMs) throw error;
      log.warn(
        { server: options.server, reason: (error as Error).message },
        'the operator cannot be joined now: trying again',
      );
      const wait = waitAfter(error, backoff, wallMs());
      await new Promise<void>((resolve) => timers.after(wait, resolve));
    }
  }
}
