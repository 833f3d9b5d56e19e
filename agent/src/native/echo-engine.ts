import type { ClockWatch } from './clock-watch.ts';
import type { DeadlineHeap } from './deadline-heap.ts';
import type { EchoReceiver } from './echo-receiver.ts';
import { EchoSocket } from './echo-socket.ts';
import type { EchoSockets } from './echo-sockets.ts';
import { EchoTask } from './echo-task.ts';
import type { Task } from './event-loop.ts';
import type { EchoRequest } from './packet-engine.ts';
import type { AddressCodec } from './socket-address.ts';

/** Sends between two looks at the receiving side: stamps and replies of these fit the smallest usual buffer. */
const SENDS_PER_LOOK = 32;
/** Wait for a free place on the wire when all are taken. */
const CROWDED_MS = 1;

export interface EchoEngineParts {
  sockets: EchoSockets;
  receiver: EchoReceiver;
  heap: DeadlineHeap<Task>;
  addresses: AddressCodec;
  clock: ClockWatch;
}

/** Paces the requests, sends, and ends them when their time is over. */
export class EchoEngine {
  readonly #parts: EchoEngineParts;
  #sentSinceLook = 0;
  #passMs = -1;
  #clockOffsetNs = 0;

  constructor(parts: EchoEngineParts) {
    this.#parts = parts;
  }

  /** Takes a request up; returns why not, if so. */
  begin(id: number, request: EchoRequest, nowMs: number): string | undefined {
    const to = this.#parts.addresses.parse(request.address);
    if (to === undefined) return `not a literal address: ${request.address}`;
    const shared = this.#parts.sockets.shared(to.family);
    if (!(shared instanceof EchoSocket)) return `no ICMP socket for IPv${to.family}`;
    const source = request.source === undefined ? null : this.#parts.addresses.parse(request.source);
    if (source === undefined || (source !== null && source.family !== to.family)) {
      return `not a source for ${request.address}: ${request.source}`;
    }
    const choice = this.#parts.sockets.forSource(shared, source);
    const { socket, isBound } = typeof choice === 'number' ? { socket: shared, isBound: false } : choice;
    const settings = {
      tos: (request.dscp ?? 0) << 2,
      dontFragment: request.dontFragment ?? false,
      hopLimit: request.hopLimit ?? null,
      source: isBound ? null : source,
      size: request.size,
    };
    const task = new EchoTask({ id, request, socket, to }, settings, (t, now) => this.#run(t, now));
    if (typeof choice === 'number') this.#failAll(task, choice);
    else this.#parts.heap.schedule(task, nowMs);
    return undefined;
  }

  /** To be called when everything due has been sent: the stamps of the last sends are there already. */
  endPass(): void {
    if (this.#sentSinceLook === 0) return;
    this.#sentSinceLook = 0;
    for (const socket of this.#parts.sockets) this.#parts.receiver.readDueStamps(socket);
  }

  #run(task: EchoTask, nowMs: number): void {
    if (this.#passMs !== nowMs) {
      this.#passMs = nowMs;
      this.#clockOffsetNs = this.#parts.clock.offsetNs();
    }
    if (task.hasSentAll) this.#expire(task);
    else this.#sendDue(task);
  }

  #sendDue(task: EchoTask): void {
    const { count, spacingMs, timeoutMs } = task.request;
    let sentAtMs: number;
    do {
      const slot = task.socket.inFlight.take(task, task.sent);
      if (slot < 0) {
        this.#parts.heap.schedule(task, performance.now() + CROWDED_MS);
        return;
      }
      sentAtMs = this.#send(task, slot);
    } while (spacingMs === 0 && task.attempted < count);
    if (task.isOver) return;
    if (task.isComplete) this.#parts.receiver.finish(task);
    else this.#parts.heap.schedule(task, sentAtMs + (task.hasSentAll ? timeoutMs : spacingMs));
  }

  /** Returns the time of the send, ms on the monotonic clock. */
  #send(task: EchoTask, slot: number): number {
    const { socket, to, settings } = task;
    const { receiver } = this.#parts;
    if (socket.stampIds.lost) receiver.readErrors(socket);
    let sentAtMs = receiver.markSent(socket, slot, this.#clockOffsetNs);
    let errno = socket.send(slot, to, settings);
    if (errno !== 0) {
      // Perhaps not this packet's fault: an earlier ICMP error is reported once to whoever sends next.
      receiver.readErrors(socket);
      sentAtMs = receiver.markSent(socket, slot, this.#clockOffsetNs);
      errno = socket.send(slot, to, settings);
    }
    task.attempted++;
    if (errno === 0) {
      task.sent++;
      task.slots.push(slot);
      receiver.expectStamps(socket);
    } else {
      socket.inFlight.free(slot);
      task.sendErrors.set(errno, (task.sendErrors.get(errno) ?? 0) + 1);
    }
    if (socket.stampIds.lost) receiver.readErrors(socket);
    if (++this.#sentSinceLook >= SENDS_PER_LOOK) {
      this.#sentSinceLook = 0;
      receiver.readReplies(socket);
    }
    return sentAtMs;
  }

  /** No packet can be sent from where it was asked for. */
  #failAll(task: EchoTask, errno: number): void {
    task.attempted = task.request.count;
    task.sendErrors.set(errno, task.request.count);
    this.#parts.receiver.finish(task);
  }

  /** A reply that lies in the buffer unread has come in time: look once more before calling it lost. */
  #expire(task: EchoTask): void {
    this.#parts.receiver.readReplies(task.socket);
    if (!task.isOver) this.#parts.receiver.finish(task);
  }
}
