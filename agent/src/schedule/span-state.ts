import { slotDeadlineMs, slotDueMs } from '@streamswarm/contract/slot/slot';
import type { PlannedSpan } from '@streamswarm/contract/wire/plan';
import type { PreparedProbe } from '../probes/probe-runner.ts';
import type { Due } from './due-heap.ts';

/** A span under way. Lies in the heap at the time its next slot is due. */
export class SpanState implements Due {
  atMs = 0;
  heapIndex = -1;
  planned: PlannedSpan;
  /** Null where this agent cannot run it: each of its slots is dropped for that reason. */
  probe: PreparedProbe | null;
  /** Every slot below is begun, dropped or answered. */
  nextSlot: number;

  constructor(planned: PlannedSpan, probe: PreparedProbe | null, nextSlot: number) {
    this.planned = planned;
    this.probe = probe;
    this.nextSlot = nextSlot;
  }

  /** Whether a further slot is scheduled; sets `atMs` to its due time. */
  aimAtNext(): boolean {
    this.atMs = slotDueMs(this.planned, this.nextSlot);
    return this.planned.toMs === null || this.atMs < this.planned.toMs;
  }
}

/** A slot that is begun and not answered. Lies in the heap only while it waits. */
export class OpenSlot implements Due {
  atMs = 0;
  heapIndex = -1;
  readonly state: SpanState;
  readonly slot: number;
  readonly dueMs: number;
  readonly deadlineMs: number;
  beganMs: number;
  address: string | null = null;
  stage: 'resolving' | 'waiting' | 'running' = 'resolving';
  /** The end of its span was heard after it had begun: what it measures is thrown away. */
  isAfterStop = false;
  overdueSweeps = 0;

  constructor(state: SpanState, slot: number, beganMs: number) {
    this.state = state;
    this.slot = slot;
    this.dueMs = slotDueMs(state.planned, slot);
    this.deadlineMs = slotDeadlineMs(state.planned, slot);
    this.beganMs = beganMs;
  }
}
