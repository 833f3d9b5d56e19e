import { type TraceHop, traceSettings } from '@streamswarm/contract/probes/trace';
import { type PacketEngine, startPacketEngine } from '../../../agent/src/native/packet-engine.ts';
import { runTrace } from '../../../agent/src/probes/trace/run-trace.ts';
import { NetworkLab, networkLabProblem } from '../../support/net/network-lab.ts';
import { PacketFilter } from '../../support/net/packet-filter.ts';
import { type RouterChain, routerChain } from '../../support/net/router-chain.ts';

/** Routers before the destination. */
const ROUTERS = 11;
const SILENT_ROUTER = 5;
const FAMILIES = [4, 6] as const;
const TIME_EXCEEDED = ['icmp type time-exceeded', 'icmpv6 type time-exceeded'];

export interface TraceFigures {
  readonly hopsOfThePath: number;
  readonly traces: number;
  readonly notReached: number;
  readonly wrongHops: number;
  readonly longestMs: number;
  /** The same with a router that never answers. */
  readonly withOneSilent: { readonly traces: number; readonly wrongHops: number; readonly longestMs: number };
}

type Runs = { traces: number; notReached: number; wrongHops: number; longestMs: number };

/** Traces over a chain of routers, in both families, held against the addresses that the routers were given. */
export async function proveTrace({ runs }: { readonly runs: number }): Promise<TraceFigures> {
  const problem = networkLabProblem();
  if (problem !== undefined) throw new Error(problem);
  const lab = new NetworkLab();
  const chain = routerChain(lab, ROUTERS);
  const engine = await startPacketEngine({ netns: chain.client.name });
  try {
    const all = await traceOften({ engine, chain, runs, silent: null });
    const silencer = chain.routers[SILENT_ROUTER - 1];
    if (silencer === undefined) throw new Error(`no router ${SILENT_ROUTER}`);
    const filter = new PacketFilter(silencer, 'output');
    TIME_EXCEEDED.forEach((match, i) => {
      filter.add(`silent${i}`, match, 'drop');
    });
    const { traces, wrongHops, longestMs } = await traceOften({ engine, chain, runs, silent: SILENT_ROUTER });
    return { hopsOfThePath: ROUTERS + 1, ...all, withOneSilent: { traces, wrongHops, longestMs } };
  } finally {
    await engine.close();
    lab.close();
  }
}

async function traceOften(work: {
  readonly engine: PacketEngine;
  readonly chain: RouterChain;
  readonly runs: number;
  readonly silent: number | null;
}): Promise<Runs> {
  const { engine, chain, runs, silent } = work;
  const settings = traceSettings({}, 60_000);
  const figures: Runs = { traces: 0, notReached: 0, wrongHops: 0, longestMs: 0 };
  for (const family of FAMILIES) {
    const expected = chain.hops[family].map((address, i) => (i + 1 === silent ? null : address));
    for (let run = 0; run < runs; run++) {
      const startMs = performance.now();
      const { metrics } = await runTrace(engine, { address: chain.serverAddress[family] }, settings);
      figures.longestMs = Math.max(figures.longestMs, performance.now() - startMs);
      figures.traces++;
      if (metrics['hops'] !== expected.length) figures.notReached++;
      figures.wrongHops += wrongHops(metrics['path'] as readonly TraceHop[] | null, expected);
    }
  }
  return figures;
}

function wrongHops(path: readonly TraceHop[] | null, expected: readonly (string | null)[]): number {
  const length = Math.max(path?.length ?? 0, expected.length);
  const isWrong = (i: number): boolean => path?.[i] === undefined || path[i].address !== expected[i];
  return Array.from({ length }, (_, i) => i).filter(isWrong).length;
}
