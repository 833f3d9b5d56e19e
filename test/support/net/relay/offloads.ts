import { addressOf, lastErrno, libc } from './native.ts';
import { interfaceRequest } from './packet-socket.ts';

const AF_INET_DGRAM = [2, 2, 0] as const;
const SIOCETHTOOL = 0x8946;
/** ETHTOOL_STXCSUM, STSO, SGSO, SGRO (linux/ethtool.h) */
const COMMANDS = [0x17, 0x1f, 0x24, 0x2c];

/**
 * Makes a veth end send what a wire would carry: finished checksums and segments of one MTU. A relay would
 * otherwise forward frames whose checksum was left to a device that does not exist.
 */
export function disableOffloads(device: string): void {
  const fd = libc.socket(...AF_INET_DGRAM);
  for (const command of COMMANDS) {
    const value = new Uint8Array(Uint32Array.of(command, 0).buffer);
    const request = interfaceRequest(device);
    new DataView(request.buffer).setBigUint64(16, addressOf(value), true);
    if (libc.ioctl(fd, SIOCETHTOOL, request) < 0) {
      throw new Error(`cannot switch offload ${command} of ${device} off: errno ${lastErrno()}`);
    }
  }
  libc.close(fd);
}
