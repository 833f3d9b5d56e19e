import type { Namespace } from './namespace.ts';

const TABLE = 'lab';

/** One nft chain at one hook of a namespace, with named counters that say what its rules did. */
export class PacketFilter {
  readonly #namespace: Namespace;

  constructor(namespace: Namespace, hook: 'forward' | 'input' | 'output' = 'forward') {
    this.#namespace = namespace;
    this.#nft(`add table inet ${TABLE}`);
    this.#nft(`add chain inet ${TABLE} rules { type filter hook ${hook} priority 0; policy accept; }`);
  }

  /** Adds a rule `match, count, verdict`; the counter counts exactly what meets the verdict. */
  add(counter: string, match: string, verdict: string): void {
    this.#nft(`add counter inet ${TABLE} ${counter}`);
    this.#nft(`add rule inet ${TABLE} rules ${match} counter name "${counter}" ${verdict}`);
  }

  /** Drops exactly every nth packet that matches, the last of each n. */
  dropEvery(n: number, match: string, counter: string): void {
    this.add(counter, `${match} numgen inc mod ${n} == ${n - 1}`, 'drop');
  }

  packets(counter: string): number {
    const words = ['nft', '-j', 'list', 'counter', 'inet', TABLE, counter];
    const answer: unknown = JSON.parse(this.#namespace.run(...words));
    const found = JSON.stringify(answer).match(/"packets":(\d+)/);
    if (found?.[1] === undefined) throw new Error(`nft knows no counter ${counter}`);
    return Number(found[1]);
  }

  #nft(command: string): void {
    this.#namespace.run('nft', command);
  }
}
