// TCP connect without blocking: epoll says writable when the handshake is over, SO_ERROR says how it ended.
import type { DeadlineHeap } from './deadline-heap.ts';
import { errnoName } from './errno.ts';
import type { Task } from './event-loop.ts';
import { lastErrno, libc } from './libc.ts';
import * as linux from './linux.ts';
import type { ConnectRequest, ConnectResult } from './packet-engine.ts';
import type { Poller } from './poller.ts';
import type { Slab } from './slab.ts';
import type { AddressCodec, SocketAddress } from './socket-address.ts';
import { SOCKADDR_BYTES } from './socket-address.ts';
import type { SocketOptions } from './socket-options.ts';
import { readHandshakeInfo, TCP_INFO_BYTES } from './tcp-info.ts';

export interface ConnectEngineParts {
  slab: Slab;
  options: SocketOptions;
  addresses: AddressCodec;
  poller: Poller;
  heap: DeadlineHeap<Task>;
  finished: (id: number, result: ConnectResult) => void;
}

interface ConnectTask extends Task {
  id: number;
  fd: number;
  startMs: number;
}

/** tcp_info.tcpi_state, tcp_states.h */
const TCP_SYN_SENT = 2;
/** For epoll to deliver an answer that came in time. */
const GRACE_MS = 1_000;

const NOTHING = {
  errno: null,
  failedLocally: false,
  connectSeconds: null,
  tcpInfo: null,
  localAddress: null,
};

export class ConnectEngine {
  readonly #parts: ConnectEngineParts;
  readonly #address: number;
  readonly #length: number;

  constructor(parts: ConnectEngineParts) {
    this.#parts = parts;
    this.#address = parts.slab.reserve(SOCKADDR_BYTES);
    this.#length = parts.slab.reserve(4);
  }

  /** Takes a request up; returns why not, if so. */
  begin(id: number, request: ConnectRequest): string | undefined {
    const { addresses } = this.#parts;
    const to = addresses.parse(request.address);
    if (to === undefined) return `not a literal address: ${request.address}`;
    const source = request.source === undefined ? null : addresses.parse(request.source);
    if (source === undefined || (source !== null && source.family !== to.family)) {
      return `not a source for ${request.address}: ${request.source}`;
    }
    const fd = this.#open(to, request.dscp ?? 0);
    const refusal = fd < 0 ? lastErrno() : source === null ? 0 : this.#bind(fd, source);
    if (refusal === 0) this.#connect({ id, fd, to, request });
    else this.#refuse(id, fd, refusal);
    return undefined;
  }

  #open(to: SocketAddress, dscp: number): number {
    const { options } = this.#parts;
    const domain = to.family === 4 ? linux.AF_INET : linux.AF_INET6;
    const type = linux.SOCK_STREAM | linux.SOCK_NONBLOCK | linux.SOCK_CLOEXEC;
    const fd = libc.socket(domain, type, linux.IPPROTO_TCP);
    if (fd < 0 || dscp === 0) return fd;
    if (to.family === 4) options.setInt(fd, linux.SOL_IP, linux.IP_TOS, dscp << 2);
    else options.setInt(fd, linux.SOL_IPV6, linux.IPV6_TCLASS, dscp << 2);
    return fd;
  }

  /** Binds the address alone: the port is chosen at connect, so that destinations share the ephemeral range. */
  #bind(fd: number, source: SocketAddress): number {
    this.#parts.options.setInt(fd, linux.SOL_IP, linux.IP_BIND_ADDRESS_NO_PORT, 1);
    const { address, length } = this.#place(source, 0);
    return libc.bind(fd, address, length) < 0 ? lastErrno() : 0;
  }

  #connect(begin: { id: number; fd: number; to: SocketAddress; request: ConnectRequest }): void {
    const { id, fd, to, request } = begin;
    const { address, length } = this.#place(to, request.port);
    const startMs = performance.now();
    const answer = libc.connect(fd, address, length);
    const errno = answer < 0 ? lastErrno() : 0;
    if (errno !== 0 && errno !== linux.EINPROGRESS) {
      this.#refuse(id, fd, errno);
      return;
    }
    const task: ConnectTask = {
      dueMs: 0,
      place: -1,
      id,
      fd,
      startMs,
      run: () => this.#expire(task),
    };
    this.#parts.heap.schedule(task, startMs + request.timeoutMs);
    const endMs = performance.now();
    this.#parts.poller.add(fd, linux.EPOLLOUT, (_, readyAtMs) => this.#conclude(task, readyAtMs));
    if (errno === 0) this.#conclude(task, endMs);
  }

  #conclude(task: ConnectTask, nowMs: number): void {
    const { options, heap } = this.#parts;
    heap.remove(task);
    const errno = options.getInt(task.fd, linux.SOL_SOCKET, linux.SO_ERROR);
    if (errno !== 0) {
      this.#close(task.fd, task.id, { ...NOTHING, outcome: 'failed', errno: errnoName(errno) });
      return;
    }
    this.#close(task.fd, task.id, {
      ...NOTHING,
      outcome: 'connected',
      connectSeconds: (nowMs - task.startMs) / 1e3,
      tcpInfo: this.#handshakeInfo(task.fd),
      localAddress: this.#localAddress(task.fd),
    });
  }

  /** The handshake may have ended while this thread was kept from looking: look before calling it a timeout. */
  #expire(task: ConnectTask): void {
    const info = this.#parts.options.get(task.fd, linux.IPPROTO_TCP, linux.TCP_INFO, TCP_INFO_BYTES);
    const state = info.length > 0 ? this.#parts.slab.view.getUint8(info.offset) : TCP_SYN_SENT;
    if (state === TCP_SYN_SENT) this.#close(task.fd, task.id, { ...NOTHING, outcome: 'timeout' });
    else this.#parts.heap.schedule(task, task.dueMs + GRACE_MS);
  }

  #refuse(id: number, fd: number, errno: number): void {
    if (fd >= 0) libc.close(fd);
    const result = { ...NOTHING, outcome: 'failed', errno: errnoName(errno), failedLocally: true } as const;
    this.#parts.finished(id, result);
  }

  #close(fd: number, id: number, result: ConnectResult): void {
    this.#parts.poller.remove(fd);
    libc.close(fd);
    this.#parts.finished(id, result);
  }

  #handshakeInfo(fd: number): ConnectResult['tcpInfo'] {
    const info = this.#parts.options.get(fd, linux.IPPROTO_TCP, linux.TCP_INFO, TCP_INFO_BYTES);
    return info.length === 0 ? null : readHandshakeInfo(this.#parts.slab.view, info.offset, info.length);
  }

  #localAddress(fd: number): string | null {
    const { slab, addresses } = this.#parts;
    slab.view.setUint32(this.#length, SOCKADDR_BYTES, true);
    const answer = libc.getsockname(fd, slab.addressOf(this.#address), slab.addressOf(this.#length));
    return answer < 0 ? null : addresses.format(this.#address);
  }

  #place(address: SocketAddress, port: number): { address: number; length: number } {
    const { slab } = this.#parts;
    slab.bytes.set(address.bytes, this.#address);
    slab.view.setUint16(this.#address + 2, port);
    return { address: slab.addressOf(this.#address), length: address.bytes.length };
  }
}
