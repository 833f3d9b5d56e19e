// One ICMP socket per family for the life of the process: while it is open the kernel stamps every packet, and
// one socket wakes once per packet where many would all wake. Datagram ICMP needs net.ipv4.ping_group_range
// (which also rules IPv6), raw ICMP needs CAP_NET_RAW.
import type { EchoSender } from './echo-sender.ts';
import { errnoName } from './errno.ts';
import { InFlightTable } from './in-flight-table.ts';
import { lastErrno, libc } from './libc.ts';
import * as linux from './linux.ts';
import type { Unavailable } from './packet-engine.ts';
import { filterEchoReplies } from './raw-filter.ts';
import type { Slab } from './slab.ts';
import type { Family, SocketAddress } from './socket-address.ts';
import type { SocketOptions } from './socket-options.ts';
import { StampIds } from './stamp-ids.ts';

/** Asked for; net.core.rmem_max may grant less. Stamps and replies share it, and what does not fit is lost. */
const BUFFER_BYTES = 4 << 20;

const TIMESTAMPING =
  linux.SOF_TIMESTAMPING_TX_SOFTWARE |
  linux.SOF_TIMESTAMPING_TX_SCHED |
  linux.SOF_TIMESTAMPING_RX_SOFTWARE |
  linux.SOF_TIMESTAMPING_SOFTWARE |
  linux.SOF_TIMESTAMPING_OPT_ID |
  linux.SOF_TIMESTAMPING_OPT_CMSG |
  linux.SOF_TIMESTAMPING_OPT_TSONLY;

export interface SocketSettings {
  tos: number;
  dontFragment: boolean;
  /** TTL or hop limit; null for that of this host. */
  hopLimit: number | null;
  source: SocketAddress | null;
  size: number;
}

export interface EchoSocketParts {
  slab: Slab;
  options: SocketOptions;
  sender: EchoSender;
  /** Identifier of raw echo requests, and start of the counters: random, so that two engines differ. */
  seed: number;
  ownStampIds: boolean;
  /** Room for a sockaddr in the slab. */
  addressScratch: number;
}

export class EchoSocket<Owner> {
  readonly fd: number;
  readonly family: Family;
  readonly kind: 'dgram' | 'raw';
  readonly identifier: number;
  readonly inFlight: InFlightTable<Owner>;
  readonly stampIds: StampIds;
  readonly stamping: boolean;
  readonly #parts: EchoSocketParts;
  #tos = 0;
  #dontFragment = false;
  #hopLimit: number | null = null;

  constructor(fd: number, family: Family, kind: 'dgram' | 'raw', parts: EchoSocketParts) {
    this.fd = fd;
    this.family = family;
    this.kind = kind;
    this.#parts = parts;
    this.identifier = parts.seed & 0xffff;
    this.inFlight = new InFlightTable(parts.seed);
    this.stampIds = new StampIds(parts.ownStampIds);
    if (kind === 'raw') filterEchoReplies(fd, family, this.identifier, parts);
    const set = (level: number, name: number, value: number): number =>
      parts.options.setInt(fd, level, name, value);
    if (set(linux.SOL_SOCKET, linux.SO_RCVBUFFORCE, BUFFER_BYTES) !== 0) {
      set(linux.SOL_SOCKET, linux.SO_RCVBUF, BUFFER_BYTES);
    }
    if (set(linux.SOL_SOCKET, linux.SO_SNDBUFFORCE, BUFFER_BYTES) !== 0) {
      set(linux.SOL_SOCKET, linux.SO_SNDBUF, BUFFER_BYTES);
    }
    if (family === 4) {
      set(linux.SOL_IP, linux.IP_RECVERR, 1);
      set(linux.SOL_IP, linux.IP_RECVTTL, 1);
    } else {
      set(linux.SOL_IPV6, linux.IPV6_RECVERR, 1);
      set(linux.SOL_IPV6, linux.IPV6_RECVHOPLIMIT, 1);
    }
    this.#setDiscovery(false);
    this.stamping = set(linux.SOL_SOCKET, linux.SO_TIMESTAMPING, TIMESTAMPING) === 0;
  }

  /** Sends the request of a slot; returns 0 or errno. */
  send(slot: number, to: SocketAddress, settings: SocketSettings): number {
    this.#apply(settings);
    const counter = this.inFlight.counterOf(slot);
    const errno = this.#parts.sender.send(this.fd, this.family, {
      to,
      source: settings.source,
      size: settings.size,
      counter,
      identifier: this.identifier,
      stampId: this.stamping ? this.stampIds.idFor(counter) : null,
    });
    if (errno === 0) this.stampIds.sent(counter);
    else this.stampIds.failed();
    return errno;
  }

  /** Packets this socket has lost because its buffer was full, since it was opened. */
  drops(): number {
    const { offset, length } = this.#parts.options.get(this.fd, linux.SOL_SOCKET, linux.SO_MEMINFO);
    const at = 4 * linux.SK_MEMINFO_DROPS;
    return length >= at + 4 ? this.#parts.slab.view.getUint32(offset + at, true) : 0;
  }

  /**
   * Socket options, changed only when the next packet differs. Not by control message: there is none for DF
   * on IPv4, and IPv6 datagram ICMP ignores all of them before Linux 5.18.
   */
  #apply({ tos, dontFragment, hopLimit }: SocketSettings): void {
    if (tos !== this.#tos) {
      this.#tos = tos;
      if (this.family === 4) this.#parts.options.setInt(this.fd, linux.SOL_IP, linux.IP_TOS, tos);
      else this.#parts.options.setInt(this.fd, linux.SOL_IPV6, linux.IPV6_TCLASS, tos);
    }
    if (dontFragment !== this.#dontFragment) this.#setDiscovery(dontFragment);
    if (hopLimit !== this.#hopLimit) this.#setHopLimit(hopLimit);
  }

  #setHopLimit(hopLimit: number | null): void {
    this.#hopLimit = hopLimit;
    // -1 brings back what the host does by itself.
    const value = hopLimit ?? -1;
    if (this.family === 4) this.#parts.options.setInt(this.fd, linux.SOL_IP, linux.IP_TTL, value);
    else this.#parts.options.setInt(this.fd, linux.SOL_IPV6, linux.IPV6_UNICAST_HOPS, value);
  }

  #setDiscovery(dontFragment: boolean): void {
    this.#dontFragment = dontFragment;
    const value = dontFragment ? linux.PMTUDISC_PROBE : linux.PMTUDISC_DONT;
    if (this.family === 4) this.#parts.options.setInt(this.fd, linux.SOL_IP, linux.IP_MTU_DISCOVER, value);
    else this.#parts.options.setInt(this.fd, linux.SOL_IPV6, linux.IPV6_MTU_DISCOVER, value);
  }
}

const FLAGS = linux.SOCK_NONBLOCK | linux.SOCK_CLOEXEC;

/** Datagram ICMP if the host allows it, else raw, else why not and how to allow it. */
export function openEchoSocket<Owner>(
  family: Family,
  parts: EchoSocketParts,
): EchoSocket<Owner> | Unavailable {
  const domain = family === 4 ? linux.AF_INET : linux.AF_INET6;
  const protocol = family === 4 ? linux.IPPROTO_ICMP : linux.IPPROTO_ICMPV6;
  const datagram = libc.socket(domain, linux.SOCK_DGRAM | FLAGS, protocol);
  if (datagram >= 0) return new EchoSocket(datagram, family, 'dgram', parts);
  const datagramErrno = lastErrno();
  const raw = libc.socket(domain, linux.SOCK_RAW | FLAGS, protocol);
  if (raw >= 0) return new EchoSocket(raw, family, 'raw', parts);
  const rawErrno = lastErrno();
  const detail = `datagram ICMP: ${errnoName(datagramErrno)}, raw ICMP: ${errnoName(rawErrno)}`;
  return datagramErrno === linux.EACCES
    ? { reason: 'no-permission', detail, enable: 'sysctl -w net.ipv4.ping_group_range="0 2147483647"' }
    : { reason: 'unsupported', detail, enable: 'sysctl -w net.ipv6.conf.all.disable_ipv6=0' };
}

/** IPv6 datagram ICMP from one source address; errno if this host has no such address. */
export function openBoundEchoSocket<Owner>(
  source: SocketAddress,
  parts: EchoSocketParts,
): EchoSocket<Owner> | number {
  const fd = libc.socket(linux.AF_INET6, linux.SOCK_DGRAM | FLAGS, linux.IPPROTO_ICMPV6);
  if (fd < 0) return lastErrno();
  parts.slab.bytes.set(source.bytes, parts.addressScratch);
  if (libc.bind(fd, parts.slab.addressOf(parts.addressScratch), source.bytes.length) < 0) {
    const errno = lastErrno();
    libc.close(fd);
    return errno;
  }
  return new EchoSocket(fd, 6, 'dgram', parts);
}
