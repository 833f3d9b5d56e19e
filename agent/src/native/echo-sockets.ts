import { EchoSocket, type EchoSocketParts, openBoundEchoSocket, openEchoSocket } from './echo-socket.ts';
import type { EchoTask } from './echo-task.ts';
import { libc } from './libc.ts';
import type { Unavailable } from './packet-engine.ts';
import type { Family, SocketAddress } from './socket-address.ts';

type Socket = EchoSocket<EchoTask>;

/**
 * All ICMP sockets of the worker: one per family for everybody, and one per source address where the shared one
 * cannot send from it. IPv6 datagram ICMP takes its source from bind() alone; whatever IPV6_PKTINFO says, the
 * kernel overwrites it without an error (ping_v6_sendmsg).
 */
export class EchoSockets {
  readonly #shared: Record<Family, Socket | Unavailable>;
  readonly #bound = new Map<string, Socket>();
  readonly #parts: EchoSocketParts;
  readonly #opened: (socket: Socket) => void;

  /** `opened` hears of every socket that there is or will be. */
  constructor(parts: EchoSocketParts, opened: (socket: Socket) => void) {
    this.#parts = parts;
    this.#opened = opened;
    this.#shared = { 4: openEchoSocket(4, parts), 6: openEchoSocket(6, parts) };
    for (const socket of this) opened(socket);
  }

  shared(family: Family): Socket | Unavailable {
    return this.#shared[family];
  }

  /** The socket to send from this source, and whether each packet must name it; or why not, as errno. */
  forSource(shared: Socket, source: SocketAddress | null): { socket: Socket; isBound: boolean } | number {
    if (source === null || shared.family === 4 || shared.kind === 'raw')
      return { socket: shared, isBound: false };
    const key = source.words.join();
    const known = this.#bound.get(key);
    if (known !== undefined) return { socket: known, isBound: true };
    const socket = openBoundEchoSocket<EchoTask>(source, this.#parts);
    if (typeof socket === 'number') return socket;
    this.#bound.set(key, socket);
    this.#opened(socket);
    return { socket, isBound: true };
  }

  *[Symbol.iterator](): Generator<Socket> {
    for (const socket of [this.#shared[4], this.#shared[6]]) if (socket instanceof EchoSocket) yield socket;
    yield* this.#bound.values();
  }

  close(): void {
    for (const socket of this) libc.close(socket.fd);
  }
}
