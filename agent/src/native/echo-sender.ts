import { writeControl } from './control-messages.ts';
import {
  ECHO_HEADER_BYTES,
  MARK_BYTES,
  MAX_ECHO_SIZE,
  PATTERN_BYTE,
  writeEchoRequest,
} from './echo-frame.ts';
import { lastErrno, libc } from './libc.ts';
import { MSG_DONTWAIT, MSG_NOSIGNAL } from './linux.ts';
import { MESSAGE_HEADER_BYTES, MessageHeader } from './message-header.ts';
import type { Slab } from './slab.ts';
import type { Family, SocketAddress } from './socket-address.ts';

const CONTROL_BYTES = 128;

export interface EchoFrame {
  to: SocketAddress;
  source: SocketAddress | null;
  size: number;
  counter: number;
  identifier: number;
  stampId: number | null;
}

/** The one outgoing message of the worker: head and mark are written per packet, the pattern once. */
export class EchoSender {
  readonly #slab: Slab;
  readonly #message: MessageHeader;
  readonly #head: number;

  constructor(slab: Slab) {
    this.#slab = slab;
    this.#message = new MessageHeader(slab, slab.reserve(MESSAGE_HEADER_BYTES), 2, CONTROL_BYTES);
    this.#head = slab.reserve(ECHO_HEADER_BYTES + MARK_BYTES);
    const pattern = slab.reserve(MAX_ECHO_SIZE);
    slab.bytes.fill(PATTERN_BYTE, pattern, pattern + MAX_ECHO_SIZE);
    this.#message.setBuffer(0, this.#head, 0);
    this.#message.setBuffer(1, pattern, 0);
  }

  /** One sendmsg, never waiting. Returns 0 or errno. */
  send(fd: number, family: Family, frame: EchoFrame): number {
    const { view, bytes } = this.#slab;
    const message = this.#message;
    const { to, source, size, counter, identifier, stampId } = frame;
    bytes.set(to.bytes, message.name);
    message.nameLength = to.bytes.length;
    message.controlLength = writeControl(view, message.control, { stampId, family, source });
    writeEchoRequest(view, this.#head, { family, identifier, counter, size });
    message.setBufferLength(0, ECHO_HEADER_BYTES + Math.min(size, MARK_BYTES));
    message.setBufferLength(1, Math.max(0, size - MARK_BYTES));
    const sent = libc.sendmsg(fd, this.#slab.addressOf(message.offset), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent < 0 ? lastErrno() : 0;
  }
}
