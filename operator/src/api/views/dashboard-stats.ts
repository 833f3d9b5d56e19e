import type { ActivityRow } from '../../store/queries/recent-activity.ts';
import type { Stats } from '../routes/dashboard/get-stats.ts';
import type { ApiServices } from '../services.ts';
import { stateOf } from './test-summary.ts';

const ACTIVITIES = 10;

/** What a script of the guide sees: clients are agents, milliseconds, times in UTC without a zone. */
export async function readStats({ reads, tests, nowMs }: ApiServices): Promise<Stats> {
  const now = await nowMs();
  const stored = (await tests.list()).filter((test) => test.deletedMs === null);
  const uids = stored.map((test) => test.uid);
  const [agents, runs, activity] = await Promise.all([
    reads.agents(),
    reads.runs(uids, 1),
    reads.recentActivity(ACTIVITIES),
  ]);
  return {
    total_clients: agents.length,
    online_clients: agents.filter((agent) => agent.online).length,
    total_tests: stored.length,
    active_tests: stored.filter((test) => stateOf(test, runs.get(test.uid) ?? [], now).state === 'Running')
      .length,
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
