import { LONG, proveApiServerFaults, SHORT } from '../cluster/kube/prove-api-server-faults.ts';
import { proveWatchFaults } from '../cluster/kube/prove-watch-faults.ts';
import { proveInstalledProduct } from './cluster/prove-installed-product.ts';
import { CUT_LINK_LONG, CUT_LINK_SHORT, proveCutLink } from './hosts/cut-link.ts';
import { proveFrozenLeader } from './leadership/frozen-leader.ts';
import { proveTrace } from './paths/prove-trace.ts';
import { EDITED_AT_ONCE_LONG, EDITED_AT_ONCE_SHORT, proveEditedAtOnce } from './scale/edited-at-once.ts';
import { MANY_TESTS_LONG, MANY_TESTS_SHORT, proveManyTests } from './scale/many-tests.ts';
import { proveThirtyDays, THIRTY_DAYS_LONG, THIRTY_DAYS_SHORT } from './scale/thirty-days.ts';
import { proveKillsAtWrites } from './writes/prove-kills-at-writes.ts';

export interface ProofWish {
  /** The form that CI runs: the same, fewer times. */
  readonly short: boolean;
  readonly seed: number;
}

export interface Proof {
  /** What it shows, in one sentence. */
  readonly claim: string;
  run(wish: ProofWish): Promise<object>;
}

/** Every long proof by its name; a new one is a file and a line here. */
export const PROOFS: Readonly<Record<string, Proof>> = {
  'watch-faults': {
    claim:
      'After each of many random watch faults the cache equals the API server; memory stays flat, nothing is left.',
    run: ({ short, seed }) => proveWatchFaults({ rounds: short ? 150 : 10_000, seed }),
  },
  'api-server-faults': {
    claim:
      'API server killed and frozen, etcd frozen, history compacted: caches are equal again by themselves.',
    run: ({ short }) => proveApiServerFaults(short ? SHORT : LONG),
  },
  'kills-at-writes': {
    claim: 'The operator is killed after its k-th write, for every k: what is left is the same.',
    run: ({ short }) => proveKillsAtWrites({ step: short ? 23 : 1 }),
  },
  'frozen-leader': {
    claim: 'A frozen leader is replaced, writes nothing after its return, and no run starts twice.',
    run: ({ short }) => proveFrozenLeader({ frozenSeconds: short ? 20 : 60 }),
  },
  'many-tests': {
    claim: 'Many tests on many simulated agents, chosen by label: soon at the agents, and few writes.',
    run: ({ short }) => proveManyTests(short ? MANY_TESTS_SHORT : MANY_TESTS_LONG),
  },
  'edited-at-once': {
    claim:
      'Many tests, all edited at once: each edit is accepted soon, and progress stays within its budget.',
    run: ({ short }) => proveEditedAtOnce(short ? EDITED_AT_ONCE_SHORT : EDITED_AT_ONCE_LONG),
  },
  'thirty-days': {
    claim:
      'Thirty days of a test on 50 agents: each range from few rows, and every step as all its values say.',
    run: ({ short }) => proveThirtyDays(short ? THIRTY_DAYS_SHORT : THIRTY_DAYS_LONG),
  },
  'installed-product': {
    claim:
      'Installed by Helm on three real nodes: first results, silence after a delete, nodes that come and go.',
    run: ({ short }) => proveInstalledProduct(short ? { tries: 5, deletes: 1 } : { tries: 50, deletes: 10 }),
  },
  'cut-link': {
    claim:
      'The way of a host to its operator is cut and healed: heard soon, nothing lost or doubled, the present first.',
    run: ({ short }) => proveCutLink(short ? CUT_LINK_SHORT : CUT_LINK_LONG),
  },
  trace: {
    claim: 'Traces over a chain of 11 routers, IPv4 and IPv6: no hop is wrong, and a silent one is null.',
    run: ({ short }) => proveTrace({ runs: short ? 10 : 100 }),
  },
};
