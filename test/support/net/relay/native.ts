// libc for the relay. Its own on purpose: a fault in the agent's native code must not also bend the truth that
// the agent is held to.
import koffi from 'koffi';

const library = koffi.load(null);

export const libc: {
  open: (path: string, flags: number) => number;
  close: (fd: number) => number;
  setns: (fd: number, kind: number) => number;
  socket: (domain: number, type: number, protocol: number) => number;
  bind: (fd: number, address: Uint8Array, length: number) => number;
  ioctl: (fd: number, request: number, argument: Uint8Array) => number;
  setsockopt: (fd: number, level: number, name: number, value: Uint8Array, length: number) => number;
  send: (fd: number, data: Uint8Array, length: number, flags: number) => number;
  recvmsg: (fd: number, message: Uint8Array, flags: number) => number;
  ppoll: (polls: Uint8Array, count: number, timeout: Uint8Array, mask: null) => number;
  clock_gettime: (clock: number, to: Uint8Array) => number;
} = {
  open: library.func('open', 'int', ['str', 'int']),
  close: library.func('close', 'int', ['int']),
  setns: library.func('setns', 'int', ['int', 'int']),
  socket: library.func('socket', 'int', ['int', 'int', 'int']),
  bind: library.func('bind', 'int', ['int', 'void *', 'uint32_t']),
  ioctl: library.func('ioctl', 'int', ['int', 'ulong', 'void *']),
  setsockopt: library.func('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint32_t']),
  send: library.func('send', 'int', ['int', 'void *', 'size_t', 'int']),
  recvmsg: library.func('recvmsg', 'int', ['int', 'void *', 'int']),
  ppoll: library.func('ppoll', 'int', ['void *', 'ulong', 'void *', 'void *']),
  clock_gettime: library.func('clock_gettime', 'int', ['int', 'void *']),
};

export const lastErrno = (): number => koffi.errno();
export const addressOf = (memory: Uint8Array): bigint => koffi.address(memory);
