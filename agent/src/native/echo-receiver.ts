import type { ClockWatch } from './clock-watch.ts';
import type { ControlFacts, ControlReader } from './control-messages.ts';
import type { DeadlineHeap } from './deadline-heap.ts';
import { packReply } from './echo-codec.ts';
import { readEchoReply, readQuotedRequest } from './echo-frame.ts';
import type { EchoSocket } from './echo-socket.ts';
import type { EchoTask } from './echo-task.ts';
import type { Task } from './event-loop.ts';
import * as linux from './linux.ts';
import { BATCH_SIZE, type ReceiveBatch } from './receive-batch.ts';
import { chooseRtt } from './rtt-choice.ts';
import type { Slab } from './slab.ts';
import { type AddressCodec, isAddress } from './socket-address.ts';

type Socket = EchoSocket<EchoTask>;

export interface EchoReceiverParts {
  slab: Slab;
  replies: ReceiveBatch;
  errors: ReceiveBatch;
  control: ControlReader;
  clock: ClockWatch;
  heap: DeadlineHeap<Task>;
  addresses: AddressCodec;
  /** Takes the finished task over. */
  finished: (task: EchoTask) => void;
}

/** When a batch was read: monotonic ms, and the clocks' offset then. */
interface Reading {
  atMs: number;
  clockOffsetNs: number;
}

/** Reads replies, stamps and ICMP errors and gives each to the request it belongs to. */
export class EchoReceiver {
  readonly #parts: EchoReceiverParts;
  /** Stamps on their way per socket: whether the error queue is worth a look. */
  readonly #stampsDue = new Map<Socket, number>();

  constructor(parts: EchoReceiverParts) {
    this.#parts = parts;
  }

  /** Notes the time just before a send; returns it. */
  markSent(socket: Socket, slot: number, clockOffsetNs: number): number {
    const { inFlight } = socket;
    inFlight.clockOffsetNs[slot] = clockOffsetNs;
    const now = performance.now();
    inFlight.sentAtMs[slot] = now;
    return now;
  }

  expectStamps(socket: Socket): void {
    if (socket.stamping) this.#stampsDue.set(socket, (this.#stampsDue.get(socket) ?? 0) + 2);
  }

  readReplies(socket: Socket): void {
    const { replies, clock } = this.#parts;
    for (;;) {
      const count = replies.fill(socket.fd, 0);
      if (count === 0) return;
      const reading = { atMs: performance.now(), clockOffsetNs: clock.offsetNs() };
      // The stamps of a request were queued before its reply could arrive, but perhaps after our last look.
      this.readDueStamps(socket);
      for (let i = 0; i < count; i++) this.#reply(socket, i, reading);
      if (count < BATCH_SIZE) return;
    }
  }

  readDueStamps(socket: Socket): void {
    if ((this.#stampsDue.get(socket) ?? 0) > 0) this.readErrors(socket);
  }

  /** Reads the error queue, which carries transmit stamps and ICMP errors alike. */
  readErrors(socket: Socket): void {
    const { errors, control, slab } = this.#parts;
    for (;;) {
      const count = errors.fill(socket.fd, linux.MSG_ERRQUEUE);
      for (let i = 0; i < count; i++) {
        const facts = control.read(slab.view, errors.control(i), errors.controlLength(i));
        if (facts.origin === linux.SO_EE_ORIGIN_TIMESTAMPING) this.#stamp(socket, facts);
        else if (facts.origin === linux.SO_EE_ORIGIN_ICMP || facts.origin === linux.SO_EE_ORIGIN_ICMP6) {
          this.#icmpError(socket, i, facts);
        }
      }
      if (count < BATCH_SIZE) return;
    }
  }

  /** Ends a task, whatever is still missing. */
  finish(task: EchoTask): void {
    const { inFlight } = task.socket;
    let missing = 0;
    for (const slot of task.slots) {
      if ((inFlight.scheduledNs[slot] ?? -1) < 0) missing++;
      if ((inFlight.sentNs[slot] ?? -1) < 0) missing++;
      inFlight.free(slot);
    }
    this.#stampsCame(task.socket, missing);
    task.isOver = true;
    this.#parts.heap.remove(task);
    this.#parts.finished(task);
  }

  #stamp(socket: Socket, facts: ControlFacts): void {
    const isScheduling = facts.info === linux.SCM_TSTAMP_SCHED;
    const { inFlight } = socket;
    const counter = socket.stampIds.counterOf(facts.id, isScheduling);
    const slot = counter < 0 ? -1 : inFlight.slotOfCounter(counter);
    if (slot < 0 || facts.stampNs < 0) return;
    const stamps = isScheduling ? inFlight.scheduledNs : inFlight.sentNs;
    if ((stamps[slot] ?? -1) < 0) this.#stampsCame(socket, 1);
    stamps[slot] = facts.stampNs;
  }

  #stampsCame(socket: Socket, count: number): void {
    if (socket.stamping) this.#stampsDue.set(socket, (this.#stampsDue.get(socket) ?? 0) - count);
  }

  #reply(socket: Socket, index: number, reading: Reading): void {
    const { replies, slab, control } = this.#parts;
    const { inFlight, kind, family } = socket;
    const withIpHeader = kind === 'raw' && family === 4;
    const echo = readEchoReply(slab.view, replies.data(index), replies.dataLength(index), {
      family,
      withIpHeader,
    });
    if (echo === null || (kind === 'raw' && echo.identifier !== socket.identifier)) return;
    const slot = inFlight.slotOfSequence(echo.sequence, echo.counter);
    const task = slot < 0 ? undefined : inFlight.owner(slot);
    if (task === undefined || !isAddress(slab.view, replies.name(index), task.to)) return;
    const facts = control.read(slab.view, replies.control(index), replies.controlLength(index));
    this.#record(task, slot, facts, reading);
  }

  #record(task: EchoTask, slot: number, facts: ControlFacts, reading: Reading): void {
    const { inFlight } = task.socket;
    const { rttNs, stamp, userNs, sentStampNs } = roundTrip(inFlight, slot, facts, reading);
    const scheduledNs = inFlight.scheduledNs[slot] ?? -1;
    if (rttNs > task.request.timeoutMs * 1e6) return;
    const before = inFlight.replies[slot] ?? 0;
    inFlight.replies[slot] = before + 1;
    packReply(task.replies, {
      seq: inFlight.indexes[slot] ?? 0,
      rttSeconds: rttNs / 1e9,
      isKernel: stamp === 'kernel',
      userRttSeconds: userNs / 1e9,
      localQueueSeconds: queueSeconds(stamp === 'kernel', scheduledNs, sentStampNs),
      ttl: facts.ttl,
      isDuplicate: before > 0,
    });
    if (before === 0 && inFlight.failed[slot] === 0) this.#settle(task);
  }

  #icmpError(socket: Socket, index: number, facts: ControlFacts): void {
    const { errors, slab, addresses, clock } = this.#parts;
    const { inFlight } = socket;
    const quoted = readQuotedRequest(slab.view, errors.data(index), errors.dataLength(index), socket.family);
    if (quoted === null || (socket.kind === 'raw' && quoted.identifier !== socket.identifier)) return;
    const slot = inFlight.slotOfSequence(quoted.sequence, quoted.counter);
    const task = slot < 0 ? undefined : inFlight.owner(slot);
    if (task === undefined || !isAddress(slab.view, errors.name(index), task.to)) return;
    // Read here: most of what comes from the error queue is stamps, which need none.
    const reading = { atMs: performance.now(), clockOffsetNs: clock.offsetNs() };
    task.icmpErrors.push({
      type: facts.icmpType,
      code: facts.icmpCode,
      from: addresses.format(facts.offender),
      seq: inFlight.indexes[slot] ?? null,
      rttSeconds: roundTrip(inFlight, slot, facts, reading).rttNs / 1e9,
    });
    const isFirstWord = inFlight.failed[slot] === 0 && inFlight.replies[slot] === 0;
    inFlight.failed[slot] = 1;
    if (isFirstWord) this.#settle(task);
  }

  #settle(task: EchoTask): void {
    task.settled++;
    if (task.isComplete) this.finish(task);
  }
}

/** From the send of a slot to what came back for it, by stamps where they are sound. */
function roundTrip(inFlight: Socket['inFlight'], slot: number, facts: ControlFacts, reading: Reading) {
  const userNs = (reading.atMs - (inFlight.sentAtMs[slot] ?? 0)) * 1e6;
  const sentStampNs = inFlight.sentNs[slot] ?? -1;
  const clockShiftNs = reading.clockOffsetNs - (inFlight.clockOffsetNs[slot] ?? 0);
  const choice = chooseRtt({ sentStampNs, receivedStampNs: facts.stampNs, userNs, clockShiftNs });
  return { ...choice, userNs, sentStampNs };
}

/** Stamps on a clock that was set in between are good for nothing, the queue's either. */
function queueSeconds(isClockSound: boolean, scheduledNs: number, sentNs: number): number {
  return isClockSound && scheduledNs >= 0 && sentNs >= scheduledNs
    ? (sentNs - scheduledNs) / 1e9
    : Number.NaN;
}
