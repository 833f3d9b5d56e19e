import type { ActivityRow } from '../../store/queries/recent-activity.ts';
import type { Stats } from '../routes/dashboard/get-stats.ts';
import type { ApiServices } from '../services.ts';
import { readStates } from './read-states.ts';

const ACTIVITIES = 10;

/** What a script of the guide sees: clients are agents, milliseconds, times in UTC without a zone. */
export async function readStats(services: ApiServices): Promise<Stats> {
  const { reads, tests } = services;
  const nowMs = await services.nowMs();
  const stored = (await tests.list()).filter((test) => test.deletedMs === null);
  const [agents, { states }, activity] = await Promise.all([
    reads.agents(),
    readStates(services, stored, nowMs),
    reads.recentActivity(ACTIVITIES),
  ]);
  return {
    total_clients: agents.length,
    online_clients: agents.filter((agent) => agent.online).length,
    total_tests: stored.length,
    active_tests: [...states.values()].filter((state) => state === 'Running').length,
    recent_activity: activity.map(activityView),
  };
}

function activityView({ at, agent, test, rttSeconds }: ActivityRow): Stats['recent_activity'][number] {
  return {
    timestamp: at.toISOString().replace('Z', ''),
    client_name: agent,
    test_name: test,
    ping_latency: rttSeconds === null ? null : toMilliseconds(rttSeconds),
  };
}

/** To whole nanoseconds: more digits would be those of the multiplication. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1e9) / 1e6;
}
