import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import type { AgentLogger } from '../logger.ts';
import type { Denied, ProbeOutcome } from '../probes/probe-outcome.ts';
import { failedOutcome, type PreparedProbe } from '../probes/probe-runner.ts';
import type { Resolution } from '../resolve/resolver.ts';
import type { Recorder } from '../spool/recorder.ts';
import { Lane, type LaneName } from './lane.ts';
import { PacketBudget, type PacketLimits } from './packet-budget.ts';
import { resolveTimeoutMs } from './resolve-deadline.ts';
import { OpenSlot, type SpanState } from './span-state.ts';

/** A probe that has not settled that long after its slot's deadline, in three looks, never will. */
const HUNG_MS = 5_000;
const HUNG_SWEEPS = 3;

export interface SlotAttemptsOptions {
  readonly log: AgentLogger;
  readonly recorder: Pick<Recorder, 'sample' | 'range' | 'surplus'>;
  readonly limits: PacketLimits;
  /** The operator's clock, ms. */
  nowMs(): number;
  resolve(host: string, family: PreparedProbe['family'], timeoutMs: number): Resolution | Promise<Resolution>;
  /** Why an address must not be touched, or null. */
  denial(address: string): string | null;
  /** Calls `waited` at `open.atMs`, unless `forget` comes first. */
  wait(open: OpenSlot): void;
  forget(open: OpenSlot): void;
}

/**
 * Slots that are begun: name resolution, policy, packet budget, lane, probe, in this order. Each is answered exactly
 * once, and is open until then.
 */
export class SlotAttempts {
  readonly #options: SlotAttemptsOptions;
  readonly #open = new Set<OpenSlot>();
  readonly #budget: PacketBudget;
  readonly #lanes: Record<LaneName, Lane<OpenSlot>>;
  #isStopped = false;
  #whenIdle: (() => void) | null = null;

  constructor(options: SlotAttemptsOptions) {
    this.#options = options;
    this.#budget = new PacketBudget(options.limits);
    const run = (open: OpenSlot): void => this.#run(open);
    this.#lanes = {
      fast: new Lane(options.limits.slotsInFlight, run),
      slow: new Lane(options.limits.slowSlotsInFlight, run),
    };
  }

  /** Begins a slot at `now` (operator's clock, ms). */
  begin(state: SpanState, slot: number, now: number): void {
    const open = new OpenSlot(state, slot, now);
    this.#open.add(open);
    const { probe, planned } = state;
    if (probe === null) this.#answerRange(open, 'dropped', 'unsupported-probe');
    else if (planned.target === null) this.#admit(open, '');
    else if (probe.findsAddress) this.#admit(open, planned.target.host);
    else {
      const timeout = resolveTimeoutMs(planned.periodMs, probe.longestMs, now, open.deadlineMs);
      const resolution = this.#options.resolve(planned.target.host, probe.family, timeout);
      if (resolution instanceof Promise) void resolution.then((found) => this.#resolved(open, probe, found));
      else this.#resolved(open, probe, resolution);
    }
  }

  /** Its wait is over: either its packets may be sent now, or it has stood in line until its last moment. */
  waited(open: OpenSlot, now: number): void {
    if (now > open.dueMs + open.state.planned.periodMs) this.#answerRange(open, 'dropped', 'busy');
    else {
      this.#laneOf(open).abandon(open);
      open.beganMs = now;
      this.#enterLane(open);
    }
  }

  /**
   * The slots that are open, and the earliest of their deadlines (ms; infinite where none is open). Slots whose probe
   * hangs are given up on here.
   */
  survey(): { open: SpanSlots[]; earliestDeadlineMs: number } {
    const now = this.#options.nowMs();
    const open: SpanSlots[] = [];
    let earliestDeadlineMs = Number.POSITIVE_INFINITY;
    for (const slot of this.#open) {
      if (now > slot.deadlineMs + HUNG_MS && ++slot.overdueSweeps > HUNG_SWEEPS) {
        this.#giveUp(slot);
        continue;
      }
      earliestDeadlineMs = Math.min(earliestDeadlineMs, slot.deadlineMs);
      open.push([slot.state.planned.span, slot.slot, slot.slot + 1]);
    }
    return { open, earliestDeadlineMs };
  }

  /** Stops that were heard late: of these spans, what is open from a slot on is thrown away, and counted if it runs. */
  throwAway(fromSlots: ReadonlyMap<SpanState, number>): void {
    for (const open of this.#open) {
      const fromSlot = fromSlots.get(open.state);
      if (fromSlot === undefined || open.slot < fromSlot) continue;
      if (open.stage === 'running') open.isAfterStop = true;
      else this.#close(open);
    }
  }

  /** Runs nothing any more; resolves once what runs has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#running() === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  #resolved(open: OpenSlot, probe: PreparedProbe, resolution: Resolution): void {
    if (!this.#open.has(open)) return;
    if ('reason' in resolution) {
      this.#answer(open, failedOutcome(probe.kind, resolution.source, resolution.reason));
      return;
    }
    let denial: string | null = null;
    for (const address of resolution.addresses) {
      const reason = this.#options.denial(address);
      if (reason === null) {
        open.address = address;
        this.#admit(open, address);
        return;
      }
      denial ??= reason;
    }
    this.#answerRange(open, 'denied', denial ?? 'no-address');
  }

  #admit(open: OpenSlot, address: string): void {
    const now = this.#options.nowMs();
    const packets = open.state.probe?.packets ?? 0;
    const latestMs = open.dueMs + open.state.planned.periodMs;
    const wait = this.#budget.reserve(address, packets, now, Math.max(now, latestMs));
    if (wait === null) this.#answerRange(open, 'dropped', 'busy');
    else if (wait === 0) this.#enterLane(open);
    else {
      open.stage = 'waiting';
      open.atMs = now + wait;
      this.#options.wait(open);
    }
  }

  #enterLane(open: OpenSlot): void {
    open.stage = 'waiting';
    const lane = this.#laneOf(open);
    if (lane.join(open)) return;
    open.atMs = Math.max(this.#options.nowMs() + 1, open.dueMs + open.state.planned.periodMs);
    this.#options.wait(open);
  }

  #run(open: OpenSlot): void {
    const { probe } = open.state;
    if (this.#isStopped || probe === null) return;
    this.#options.forget(open);
    open.stage = 'running';
    probe.run(open.address ?? open.state.planned.target?.host ?? '').then(
      (outcome) => this.#answer(open, outcome),
      (error) => {
        this.#options.log.error(
          { err: error, kind: probe.kind, span: open.state.planned.span },
          'a probe broke',
        );
        this.#answer(open, failedOutcome(probe.kind, 'local', 'probe-failed', 'not-applicable'));
      },
    );
  }

  #answer(open: OpenSlot, outcome: ProbeOutcome | Denied): void {
    const { probe, planned } = open.state;
    if (!this.#close(open) || probe === null) return;
    if (open.isAfterStop) {
      this.#options.recorder.surplus(planned.span, 1, 'after-stop');
      return;
    }
    if (outcome.outcome === 'denied') {
      this.#options.recorder.range(planned.span, open.slot, open.slot + 1, 'denied', outcome.reason);
      return;
    }
    this.#options.recorder.sample({
      kind: probe.kind,
      span: planned.span,
      slot: open.slot,
      lateSeconds: (open.beganMs - open.dueMs) / 1e3,
      address: open.address ?? outcome.address ?? null,
      outcome,
    });
  }

  #answerRange(open: OpenSlot, outcome: 'denied' | 'dropped', reason: string): void {
    if (!this.#close(open)) return;
    this.#options.recorder.range(open.state.planned.span, open.slot, open.slot + 1, outcome, reason);
  }

  /** False where it is answered already. */
  #close(open: OpenSlot): boolean {
    if (!this.#open.delete(open)) return false;
    this.#options.forget(open);
    const lane = this.#laneOf(open);
    if (open.stage === 'running') lane.leave();
    else lane.abandon(open);
    if (this.#isStopped && this.#running() === 0) this.#whenIdle?.();
    return true;
  }

  #giveUp(open: OpenSlot): void {
    this.#options.log.error(
      { span: open.state.planned.span, slot: open.slot },
      'a probe did not come to an end',
    );
    const { probe } = open.state;
    if (probe === null || open.stage !== 'running') this.#answerRange(open, 'dropped', 'busy');
    else this.#answer(open, failedOutcome(probe.kind, 'local', 'probe-hung', 'timeout'));
  }

  #laneOf(open: OpenSlot): Lane<OpenSlot> {
    return this.#lanes[open.state.probe?.lane ?? 'fast'];
  }

  #running(): number {
    let running = 0;
    for (const open of this.#open) if (open.stage === 'running') running++;
    return running;
  }
}
