import type { Accounting, CreatedJoinToken } from '@streamswarm/contract';
import { startTwoHosts, type TwoHosts } from '../../support/two-hosts.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { cutWay } from './cut-way.ts';
import { type HealWish, healTimes } from './heal-times.ts';

export interface CutLinkFigures {
  readonly cutSeconds: number;
  readonly packetsDropped: number;
  /** In the books while the link was cut, just before it was healed: slots of the second host that wait, and why. */
  readonly pendingWhileCut: number;
  readonly reasonsWhileCut: string;
  /** Slots of the cut that still waited when the first result of the present was there: it does not wait for them. */
  readonly pendingWhenPresentCame: number;
  readonly secondsToCatchUp: number;
  readonly scheduled: number;
  readonly ok: number;
  readonly pending: number;
  readonly unaccounted: number;
  /** Before the stop, which is no part of the cut: slots that were due while it was on its way are surplus too. */
  readonly surplus: number;
  /** Rows of the export of one probe, and how many of them have a time of their own: more rows are doubled ones. */
  readonly rows: number;
  readonly distinctRows: number;
  /** Of the short cuts before the long one: from the heal until the operator heard the host. */
  readonly heals: {
    readonly rounds: number;
    readonly cutSeconds: number;
    readonly p50Seconds: number;
    readonly maxSeconds: number;
  };
}

export interface CutLinkWish {
  readonly cutSeconds: number;
  readonly heals: HealWish;
}

export const CUT_LINK_LONG: CutLinkWish = { cutSeconds: 600, heals: { rounds: 10, cutSeconds: 60 } };
/** Its short cut is longer than the kernel takes to find a connection dead. */
export const CUT_LINK_SHORT: CutLinkWish = { cutSeconds: 20, heals: { rounds: 1, cutSeconds: 15 } };

const SECOND = 'second';
const MANIFEST = {
  apiVersion: 'streamswarm.dev/v1alpha1',
  kind: 'StreamTest',
  metadata: { name: 'cut' },
  spec: {
    interval: '1s',
    destinations: Array.from({ length: 8 }, (_, i) => ({ name: `d${i}`, host: `127.0.0.${i + 1}` })),
    probes: [{ icmp: { count: 2 } }],
    sources: { agents: { matchLabels: { site: 'far' } } },
  },
};

/** The way from a host to its operator is cut, and healed; what it measures lies on the host itself and goes on. */
export async function proveCutLink({ cutSeconds, heals }: CutLinkWish): Promise<CutLinkFigures> {
  const hosts = await startTwoHosts();
  try {
    await joinSecond(hosts);
    await hosts.api('/api/v1/tests', { method: 'POST', body: MANIFEST });
    await waitUntil('the first results', async () => (await books(hosts)).ok >= 20, { everyMs: 500 });

    const healed = (await healTimes(hosts, SECOND, heals)).sort((a, b) => a - b);

    const way = cutWay(hosts);
    await new Promise((resolve) => setTimeout(resolve, cutSeconds * 1_000));
    const cut = await books(hosts);
    const packetsDropped = way.dropped();
    way.heal();

    const healedMs = performance.now();
    const goneBy = new Date().toISOString();
    const pendingWhenPresentCame = await waitUntil(
      'a result of the present',
      async () => {
        if ((await newestTime(hosts)) < goneBy) return null;
        return (await books(hosts, `&to=${encodeURIComponent(goneBy)}`)).pending;
      },
      { timeoutMs: 120_000, everyMs: 20 },
    );
    await waitUntil(
      'nothing of the cut is pending',
      async () => (await books(hosts, `&to=${encodeURIComponent(goneBy)}`)).pending === 0,
      { timeoutMs: 180_000, everyMs: 250 },
    );
    const secondsToCatchUp = (performance.now() - healedMs) / 1_000;

    const { surplus } = await books(hosts);
    await hosts.api('/api/v1/tests/default/cut/stop', { method: 'POST' });
    const end = await waitUntil(
      'the books close',
      async () => {
        const now = await books(hosts);
        return now.pending === 0 && now;
      },
      { everyMs: 500 },
    );
    const rows = await exported(hosts);
    return {
      cutSeconds,
      packetsDropped,
      pendingWhileCut: cut.pending,
      reasonsWhileCut: Object.entries(cut.reasons)
        .map(([reason, slots]) => `${reason} ${slots}`)
        .join(', '),
      pendingWhenPresentCame,
      secondsToCatchUp,
      scheduled: end.scheduled,
      ok: end.ok,
      pending: end.pending,
      unaccounted: end.unaccounted,
      surplus,
      rows: rows.length,
      distinctRows: new Set(rows).size,
      heals: {
        ...heals,
        // By nearest rank.
        p50Seconds: healed[Math.ceil(healed.length / 2) - 1] ?? Number.NaN,
        maxSeconds: healed.at(-1) ?? Number.NaN,
      },
    };
  } finally {
    await hosts.stop();
  }
}

async function joinSecond(hosts: TwoHosts): Promise<void> {
  const { command } = await hosts.api<CreatedJoinToken>('/api/v1/join-tokens', {
    method: 'POST',
    body: { name: SECOND, labels: { site: 'far' } },
  });
  hosts.onSecond(command);
}

function books(hosts: TwoHosts, window = ''): Promise<Accounting> {
  return hosts.api<Accounting>(`/api/v1/accounting?test=cut${window}`);
}

async function newestTime(hosts: TwoHosts): Promise<string> {
  const { summary } = await hosts.api<{ summary: { lastResultTime: string | null } }>(
    '/api/v1/tests/default/cut',
  );
  return summary.lastResultTime ?? '';
}

async function exported(hosts: TwoHosts): Promise<string[]> {
  const rows = await hosts.api<{ time: string; destination: string }[]>(
    '/api/v1/tests/default/cut/export?format=json&probe=icmp&range=24h',
  );
  return rows.map(({ time, destination }) => `${time} ${destination}`);
}
