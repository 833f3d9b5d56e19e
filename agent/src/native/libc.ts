// The only file that imports koffi. Relies on: symbols of libc are visible in the process itself (glibc and
// musl alike), and a void* argument takes an address as a number. One call costs about 30 ns beyond its work.
import koffi from 'koffi';

const library = koffi.load(null);

type Call<Arguments extends number[]> = (...values: Arguments) => number;

export const libc: {
  socket: Call<[domain: number, type: number, protocol: number]>;
  close: Call<[fd: number]>;
  bind: Call<[fd: number, address: number, length: number]>;
  connect: Call<[fd: number, address: number, length: number]>;
  getsockname: Call<[fd: number, address: number, length: number]>;
  setsockopt: Call<[fd: number, level: number, name: number, value: number, length: number]>;
  getsockopt: Call<[fd: number, level: number, name: number, value: number, length: number]>;
  sendmsg: Call<[fd: number, message: number, flags: number]>;
  recvmmsg: Call<[fd: number, messages: number, count: number, flags: number, timeout: number]>;
  epoll_create1: Call<[flags: number]>;
  epoll_ctl: Call<[epoll: number, operation: number, fd: number, event: number]>;
  epoll_wait: Call<[epoll: number, events: number, count: number, timeoutMs: number]>;
  eventfd: Call<[initial: number, flags: number]>;
  read: Call<[fd: number, to: number, length: number]>;
  clock_gettime: Call<[clock: number, to: number]>;
  adjtimex: Call<[timex: number]>;
  setns: Call<[fd: number, kind: number]>;
  open: (path: string, flags: number) => number;
  inet_pton: (family: number, text: string, to: number) => number;
  inet_ntop: (family: number, from: number, to: number, length: number) => string | null;
  if_nametoindex: (name: string) => number;
  syscall: Call<[number: number, a: number, b: number, c: number, d: number, e: number, f: number]>;
} = {
  socket: library.func('socket', 'int', ['int', 'int', 'int']),
  close: library.func('close', 'int', ['int']),
  bind: library.func('bind', 'int', ['int', 'void *', 'uint32_t']),
  connect: library.func('connect', 'int', ['int', 'void *', 'uint32_t']),
  getsockname: library.func('getsockname', 'int', ['int', 'void *', 'void *']),
  setsockopt: library.func('setsockopt', 'int', ['int', 'int', 'int', 'void *', 'uint32_t']),
  getsockopt: library.func('getsockopt', 'int', ['int', 'int', 'int', 'void *', 'void *']),
  sendmsg: library.func('sendmsg', 'int', ['int', 'void *', 'int']),
  recvmmsg: library.func('recvmmsg', 'int', ['int', 'void *', 'uint32_t', 'int', 'void *']),
  epoll_create1: library.func('epoll_create1', 'int', ['int']),
  epoll_ctl: library.func('epoll_ctl', 'int', ['int', 'int', 'int', 'void *']),
  epoll_wait: library.func('epoll_wait', 'int', ['int', 'void *', 'int', 'int']),
  eventfd: library.func('eventfd', 'int', ['uint32_t', 'int']),
  read: library.func('read', 'int', ['int', 'void *', 'size_t']),
  clock_gettime: library.func('clock_gettime', 'int', ['int', 'void *']),
  adjtimex: library.func('adjtimex', 'int', ['void *']),
  setns: library.func('setns', 'int', ['int', 'int']),
  open: library.func('open', 'int', ['str', 'int']),
  inet_pton: library.func('inet_pton', 'int', ['int', 'str', 'void *']),
  inet_ntop: library.func('inet_ntop', 'str', ['int', 'void *', 'void *', 'uint32_t']),
  if_nametoindex: library.func('if_nametoindex', 'uint32_t', ['str']),
  // A variadic function in C; its integer arguments travel like those of a fixed one in both ABIs.
  syscall: library.func('syscall', 'long', ['long', 'long', 'long', 'long', 'long', 'long', 'long']),
};

/** errno of the last call; read it before the next one. */
export const lastErrno = (): number => koffi.errno();

/** Native memory that neither moves nor is collected: its address, and a view on it. Never freed. */
export function allocateNative(bytes: number): { address: number; memory: ArrayBuffer } {
  const pointer = koffi.alloc('uint8_t', bytes);
  return { address: Number(koffi.address(pointer)), memory: koffi.view(pointer, bytes) };
}
