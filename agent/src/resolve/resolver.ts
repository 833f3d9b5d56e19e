import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { AddressFamily } from '../probes/probe-runner.ts';

/** Addresses in the order of RFC 6724, or why there are none. */
export type Resolution =
  | {
      readonly addresses: readonly string[];
      /** What the lookup took, without its time in line; null for a literal address. */
      readonly seconds: number | null;
    }
  | { readonly source: 'resolver' | 'local'; readonly reason: string };

export interface ResolverOptions {
  /** getaddrinfo of this host: all addresses of a name in one family or both. */
  lookup(host: string, family: 0 | 4 | 6): Promise<readonly LookupAddress[]>;
  /** How many lookups run at once: each holds a thread, and those also write the spool. */
  readonly concurrency: number;
  after(ms: number, callback: () => void): () => void;
  monotonicMs(): number;
}

const FAMILY = { any: 0, ipv4: 4, ipv6: 6 } as const;

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'nxdomain',
  EAI_NODATA: 'nxdomain',
  EAI_ADDRFAMILY: 'address-family',
  // getaddrinfo does not tell a SERVFAIL from servers that do not answer: both are EAI_AGAIN.
  EAI_AGAIN: 'temporary-failure',
  EAI_FAIL: 'server-failure',
  ESERVFAIL: 'server-failure',
  ETIMEOUT: 'timeout',
};

interface Asking {
  readonly answer: Promise<Resolution>;
  begun: boolean;
}

/**
 * What an application on this host would get for a name, with a deadline. Slots that ask for the same name at the
 * same time share one lookup, so that a resolver that hangs holds few threads however many streams wait for it.
 */
export class Resolver {
  readonly #options: ResolverOptions;
  readonly #asking = new Map<string, Asking>();
  readonly #line: (() => void)[] = [];
  #running = 0;

  constructor(options: ResolverOptions) {
    this.#options = options;
  }

  /** Literal addresses are answered at once; names within `timeoutMs`. Never rejects. */
  resolve(host: string, family: AddressFamily, timeoutMs: number): Resolution | Promise<Resolution> {
    const literal = isIP(host);
    if (literal !== 0) {
      const fits = family === 'any' || FAMILY[family] === literal;
      return fits ? { addresses: [host], seconds: null } : { source: 'resolver', reason: 'address-family' };
    }
    const key = `${FAMILY[family]} ${host}`;
    let asking = this.#asking.get(key);
    if (asking === undefined) {
      asking = this.#ask(key, host, FAMILY[family]);
      this.#asking.set(key, asking);
    }
    return this.#within(asking, timeoutMs);
  }

  #within(asking: Asking, timeoutMs: number): Promise<Resolution> {
    return new Promise((resolve) => {
      const cancel = this.#options.after(timeoutMs, () =>
        resolve(
          asking.begun
            ? { source: 'resolver', reason: 'timeout' }
            : { source: 'local', reason: 'resolver-queue' },
        ),
      );
      void asking.answer.then((resolution) => {
        cancel();
        resolve(resolution);
      });
    });
  }

  #ask(key: string, host: string, family: 0 | 4 | 6): Asking {
    const asking: Asking = {
      begun: false,
      answer: new Promise((resolve) => {
        this.#line.push(() => {
          asking.begun = true;
          void this.#lookup(host, family).then((resolution) => {
            this.#asking.delete(key);
            this.#running--;
            resolve(resolution);
            this.#advance();
          });
        });
      }),
    };
    this.#advance();
    return asking;
  }

  #advance(): void {
    while (this.#running < this.#options.concurrency) {
      const next = this.#line.shift();
      if (next === undefined) return;
      this.#running++;
      next();
    }
  }

  async #lookup(host: string, family: 0 | 4 | 6): Promise<Resolution> {
    const beganMs = this.#options.monotonicMs();
    try {
      const found = await this.#options.lookup(host, family);
      const seconds = (this.#options.monotonicMs() - beganMs) / 1e3;
      const addresses = [...new Set(found.map(({ address }) => address))];
      return addresses.length > 0 ? { addresses, seconds } : { source: 'resolver', reason: 'nxdomain' };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return { source: 'resolver', reason: REASONS[code ?? ''] ?? code?.toLowerCase() ?? 'failed' };
    }
  }
}
