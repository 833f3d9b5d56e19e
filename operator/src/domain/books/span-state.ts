import type { SlotRange, Span } from '@streamswarm/contract';

/** What the store knows of one span in a window: everything the books need, nothing measured. */
export interface SpanAnswers {
  readonly spanId: number;
  readonly span: Span;
  /** Planning revision that opened it. */
  readonly openedRevision: number;
  /** By epoch minute of the due time. */
  readonly minutes: ReadonlyMap<number, MinuteAnswers>;
  readonly ranges: readonly RangeAnswer[];
  readonly surplus: number;
}

export interface MinuteAnswers {
  /** Bit (slot mod 64) of each slot that has its sample. A minute holds at most 61 slots of one span. */
  readonly mask: bigint;
  readonly ok: number;
  readonly lost: number;
  readonly error: number;
  /** `error.refused` -> slots */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface RangeAnswer extends SlotRange {
  readonly outcome: 'denied' | 'dropped';
  readonly reason: string;
}

/** The last word of an agent, as far as one span is concerned. */
export interface AgentWord {
  readonly throughMs: number;
  readonly planRevision: number;
  /** False once the agent has not been heard for a while. */
  readonly audible: boolean;
  /** Its node or host was taken away: what it has not answered, it never will. */
  readonly gone: boolean;
  /** Slots of this span that wait in the agent's spool. */
  readonly spooled: readonly SlotRange[];
}

export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}
