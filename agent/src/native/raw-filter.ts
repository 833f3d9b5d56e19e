import { libc } from './libc.ts';
import * as linux from './linux.ts';
import type { Slab } from './slab.ts';
import type { Family } from './socket-address.ts';
import type { SocketOptions } from './socket-options.ts';

/** Classic BPF, linux/filter.h: {u16 code, u8 jump if true, u8 jump if false, u32 constant}. */
type Instruction = readonly [code: number, jumpTrue: number, jumpFalse: number, constant: number];
const LOAD_X_IP_HEADER_LENGTH = 0xb1;
const LOAD_HALF_INDEXED = 0x48;
const LOAD_HALF = 0x28;
const JUMP_EQUAL = 0x15;
const RETURN = 0x06;
const IDENTIFIER_AT = 4;

const ECHO_REPLY_4 = 0;
const ECHO_REPLY_6 = 129;

/**
 * Lets only echo replies with our identifier wake a raw socket, not every ping of the host. ICMP errors take
 * another way into the socket and are told apart by what they quote.
 */
export function filterEchoReplies(
  fd: number,
  family: Family,
  identifier: number,
  native: { slab: Slab; options: SocketOptions },
): void {
  if (family === 4) {
    native.options.setInt(fd, linux.SOL_RAW, linux.ICMP_FILTER, ~(1 << ECHO_REPLY_4));
  } else {
    const blocked = new Uint8Array(32).fill(0xff);
    new DataView(blocked.buffer).setUint32(4 * (ECHO_REPLY_6 >> 5), ~(1 << (ECHO_REPLY_6 & 31)) >>> 0, true);
    native.options.setBytes(fd, linux.SOL_ICMPV6, linux.ICMP6_FILTER, blocked);
  }
  attach(fd, identifierProgram(family, identifier), native.slab);
}

function identifierProgram(family: Family, identifier: number): Instruction[] {
  const load: Instruction[] =
    family === 4
      ? [
          [LOAD_X_IP_HEADER_LENGTH, 0, 0, 0],
          [LOAD_HALF_INDEXED, 0, 0, IDENTIFIER_AT],
        ]
      : [[LOAD_HALF, 0, 0, IDENTIFIER_AT]];
  return [...load, [JUMP_EQUAL, 0, 1, identifier], [RETURN, 0, 0, 0xffffffff], [RETURN, 0, 0, 0]];
}

function attach(fd: number, program: Instruction[], slab: Slab): void {
  const code = slab.reserve(8 * program.length);
  program.forEach(([operation, jumpTrue, jumpFalse, constant], i) => {
    slab.view.setUint16(code + 8 * i, operation, true);
    slab.view.setUint8(code + 8 * i + 2, jumpTrue);
    slab.view.setUint8(code + 8 * i + 3, jumpFalse);
    slab.view.setUint32(code + 8 * i + 4, constant, true);
  });
  const descriptor = slab.reserve(16);
  slab.view.setUint16(descriptor, program.length, true);
  slab.view.setBigUint64(descriptor + 8, BigInt(slab.addressOf(code)), true);
  libc.setsockopt(fd, linux.SOL_SOCKET, linux.SO_ATTACH_FILTER, slab.addressOf(descriptor), 16);
}
