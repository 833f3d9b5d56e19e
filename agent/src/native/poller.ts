import { lastErrno, libc } from './libc.ts';
import * as linux from './linux.ts';
import type { Slab } from './slab.ts';

const EVENTS_AT_ONCE = 64;
/** struct epoll_event is packed on x64 alone. */
const EVENT_BYTES = process.arch === 'x64' ? 12 : 16;
const EVENT_DATA = EVENT_BYTES - 8;

/** Called with the events of its file descriptor and the monotonic time at which epoll reported them. */
export type Ready = (events: number, readyAtMs: number) => void;

/** epoll with nanosecond timeouts where the kernel has them (epoll_pwait2, 5.11), else rounded up to 1 ms. */
export class Poller {
  readonly #slab: Slab;
  readonly #epoll: number;
  readonly #events: number;
  readonly #change: number;
  readonly #timespec: number;
  readonly #ready = new Map<number, Ready>();
  #precise = true;
  #readyAtMs = 0;

  constructor(slab: Slab) {
    this.#slab = slab;
    this.#epoll = libc.epoll_create1(linux.EPOLL_CLOEXEC);
    this.#events = slab.reserve(EVENT_BYTES * EVENTS_AT_ONCE);
    this.#change = slab.reserve(EVENT_BYTES);
    this.#timespec = slab.reserve(16);
  }

  add(fd: number, events: number, ready: Ready): void {
    this.#control(linux.EPOLL_CTL_ADD, fd, events);
    this.#ready.set(fd, ready);
  }

  remove(fd: number): void {
    this.#control(linux.EPOLL_CTL_DEL, fd, 0);
    this.#ready.delete(fd);
  }

  /** Blocks until something is ready or the time is over; returns how many events `dispatch` has to handle. */
  wait(timeoutMs: number): number {
    const count = this.#precise ? this.#waitPrecisely(timeoutMs) : this.#waitRoughly(timeoutMs);
    this.#readyAtMs = performance.now();
    return Math.max(count, 0);
  }

  dispatch(count: number): void {
    const { view } = this.#slab;
    for (let i = 0; i < count; i++) {
      const at = this.#events + EVENT_BYTES * i;
      this.#ready.get(view.getInt32(at + EVENT_DATA, true))?.(view.getUint32(at, true), this.#readyAtMs);
    }
  }

  close(): void {
    libc.close(this.#epoll);
  }

  #waitPrecisely(timeoutMs: number): number {
    const { view } = this.#slab;
    const seconds = Math.floor(timeoutMs / 1e3);
    view.setBigInt64(this.#timespec, BigInt(seconds), true);
    view.setBigInt64(this.#timespec + 8, BigInt(Math.round((timeoutMs - 1e3 * seconds) * 1e6)), true);
    const events = this.#slab.addressOf(this.#events);
    const timeout = this.#slab.addressOf(this.#timespec);
    const number = linux.SYS_EPOLL_PWAIT2;
    const count = libc.syscall(number, this.#epoll, events, EVENTS_AT_ONCE, timeout, 0, 0);
    if (count < 0 && lastErrno() === linux.ENOSYS) {
      this.#precise = false;
      return this.#waitRoughly(timeoutMs);
    }
    return count;
  }

  #waitRoughly(timeoutMs: number): number {
    const events = this.#slab.addressOf(this.#events);
    return libc.epoll_wait(this.#epoll, events, EVENTS_AT_ONCE, Math.ceil(timeoutMs));
  }

  #control(operation: number, fd: number, events: number): void {
    const { view } = this.#slab;
    const at = this.#change;
    view.setUint32(at, events, true);
    view.setBigInt64(at + EVENT_DATA, BigInt(fd), true);
    libc.epoll_ctl(this.#epoll, operation, fd, this.#slab.addressOf(at));
  }
}
