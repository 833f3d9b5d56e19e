import type { SendProgressOf } from '../native/watch-sockets.ts';
import type { Resolution } from '../resolve/resolver.ts';
import type { AddressFamily } from './probe-runner.ts';

/** What a probe that finds its addresses itself may use of this host. */
export interface Reach {
  /** getaddrinfo, with a deadline. */
  resolve(host: string, family: AddressFamily, timeoutMs: number): Resolution | Promise<Resolution>;
  /** Why an address must not be touched, or null; asked right before each connection. */
  denial(address: string): string | null;
  /** Name servers of this host, in its order. */
  nameServers(): readonly string[];
  /** For whoever sends much, and must know when it has arrived. */
  watchSockets(): Promise<SendProgressOf>;
}

/** The first address that may be touched, or why none may. */
export function allowedAddress(
  addresses: readonly string[],
  denial: Reach['denial'],
): { readonly address: string } | { readonly denied: string } {
  let denied: string | null = null;
  for (const address of addresses) {
    const reason = denial(address);
    if (reason === null) return { address };
    denied ??= reason;
  }
  return { denied: denied ?? 'no-address' };
}
