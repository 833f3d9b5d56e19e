import { libc } from './libc.ts';
import { AF_INET, AF_INET6 } from './linux.ts';
import type { Slab } from './slab.ts';

export type Family = 4 | 6;

/** An address as the kernel takes it: `bytes` is a sockaddr_in or sockaddr_in6 with port 0. */
export interface SocketAddress {
  family: Family;
  bytes: Uint8Array;
  /** The address alone as big-endian words, one for v4 and four for v6: quick to compare with a reply's. */
  words: readonly number[];
}

export const SOCKADDR_BYTES = 28;
export const sockaddrLength = (family: Family): number => (family === 4 ? 16 : 28);
const addressAt = (family: Family): number => (family === 4 ? 4 : 8);
const wordCount = (family: Family): number => (family === 4 ? 1 : 4);

/** Translates between text and sockaddr through a scratch piece of the slab. */
export class AddressCodec {
  readonly #slab: Slab;
  readonly #scratch: number;
  readonly #text: number;

  constructor(slab: Slab) {
    this.#slab = slab;
    this.#scratch = slab.reserve(16);
    this.#text = slab.reserve(64);
  }

  /** Undefined when the text is no literal address, or names an interface that is not there (fe80::1%eth9). */
  parse(text: string): SocketAddress | undefined {
    const [literal = '', zone] = text.split('%');
    const family: Family = literal.includes(':') ? 6 : 4;
    const domain = family === 4 ? AF_INET : AF_INET6;
    if (libc.inet_pton(domain, literal, this.#slab.addressOf(this.#scratch)) !== 1) return undefined;
    const bytes = new Uint8Array(sockaddrLength(family));
    const view = new DataView(bytes.buffer);
    view.setUint16(0, domain, true);
    const at = addressAt(family);
    bytes.set(this.#slab.bytes.subarray(this.#scratch, this.#scratch + 4 * wordCount(family)), at);
    if (zone !== undefined) {
      const scope = /^\d+$/.test(zone) ? Number(zone) : libc.if_nametoindex(zone);
      if (scope === 0 || family === 4) return undefined;
      view.setUint32(24, scope, true);
    }
    const words = Array.from({ length: wordCount(family) }, (_, i) => view.getUint32(at + 4 * i));
    return { family, bytes, words };
  }

  /** Text of the sockaddr at an offset of the slab. */
  format(offset: number): string | null {
    const domain = this.#slab.view.getUint16(offset, true);
    if (domain !== AF_INET && domain !== AF_INET6) return null;
    const from = this.#slab.addressOf(offset + addressAt(domain === AF_INET ? 4 : 6));
    return libc.inet_ntop(domain, from, this.#slab.addressOf(this.#text), 64);
  }
}

/** Whether the sockaddr at this offset of the slab holds the given address, ports and zones aside. */
export function isAddress(view: DataView, offset: number, address: SocketAddress): boolean {
  const at = offset + addressAt(address.family);
  for (let i = 0; i < address.words.length; i++) {
    if (view.getUint32(at + 4 * i) !== address.words[i]) return false;
  }
  return true;
}
