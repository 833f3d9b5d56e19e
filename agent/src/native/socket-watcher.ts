import type { Socket } from 'node:net';
import * as linux from './linux.ts';
import { Slab } from './slab.ts';
import { SocketOptions } from './socket-options.ts';
import { readSendProgress, type SendProgress, TCP_INFO_BYTES } from './tcp-info.ts';

/** Room for the value and the length of one socket option. */
const SLAB_BYTES = 1_024;

/** Asks the kernel how far the data of Node's own sockets has come. Linux only. */
export class SocketWatcher {
  readonly #slab = new Slab(SLAB_BYTES);
  readonly #options = new SocketOptions(this.#slab);

  /** Null where the socket is closed, or the kernel does not say. */
  progress(socket: Socket): SendProgress | null {
    const fd = descriptorOf(socket);
    if (fd === null) return null;
    const info = this.#options.get(fd, linux.IPPROTO_TCP, linux.TCP_INFO, TCP_INFO_BYTES);
    return readSendProgress(this.#slab.view, info.offset, info.length);
  }
}

/** Node has no official way to it; where there is none the answer is "unsupported", never a guess. */
function descriptorOf(socket: Socket): number | null {
  const { _handle: handle } = socket as Socket & { readonly _handle?: { readonly fd?: unknown } | null };
  const fd = handle?.fd;
  return typeof fd === 'number' && fd >= 0 ? fd : null;
}
