import { setTimeout as rest } from 'node:timers/promises';
import type { AgentView } from '@streamswarm/contract';
import type { TwoHosts } from '../../support/two-hosts.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { cutWay } from './cut-way.ts';

/** So long after the agent was heard comes the next cut: its connections stand again. */
const REST_MS = 5_000;

export interface HealWish {
  readonly rounds: number;
  readonly cutSeconds: number;
}

/** Cuts the way and heals it, again and again: seconds from each heal until the operator hears the agent. */
export async function healTimes(
  hosts: TwoHosts,
  agent: string,
  { rounds, cutSeconds }: HealWish,
): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const way = cutWay(hosts);
    await rest(cutSeconds * 1_000);
    way.heal();
    // Both hosts and the database have this machine's clock.
    const healedMs = Date.now();
    const heardMs = await waitUntil(
      'the operator hears the agent again',
      async () => {
        const { lastSeen } = await hosts.api<AgentView>(`/api/v1/agents/${agent}`);
        return Date.parse(lastSeen) > healedMs && Date.parse(lastSeen);
      },
      { timeoutMs: 120_000, everyMs: 200 },
    );
    seconds.push((heardMs - healedMs) / 1_000);
    await rest(REST_MS);
  }
  return seconds;
}
