import { guideValue } from '../../guide/guide-fields.ts';
import { guideTime } from '../../guide/guide-time.ts';
import type { SubmittedRow } from '../../store/queries/guide/results.ts';
import type { ActivityRow } from '../../store/queries/recent-activity.ts';
import type { Stats } from '../routes/dashboard/get-stats.ts';
import { isOnline } from './guide/client-view.ts';
import type { GuideApiServices } from './guide/find-guide.ts';
import { testNames } from './guide/test-names.ts';
import { readStates } from './read-states.ts';

const ACTIVITIES = 10;

/** What a script of the guide sees: clients are agents and scripts, milliseconds, times in UTC without a zone. */
export async function readStats(services: GuideApiServices): Promise<Stats> {
  const { reads, tests, guide } = services;
  const nowMs = await services.nowMs();
  const stored = (await tests.list()).filter((test) => test.deletedMs === null);
  const [clients, { states }, measured, submitted] = await Promise.all([
    guide.store.clients(),
    readStates(services, stored, nowMs),
    reads.recentActivity(ACTIVITIES),
    guide.store.submitted({ limit: ACTIVITIES }),
  ]);
  const times = { nowMs, heartbeatSeconds: guide.settings.heartbeatSeconds };
  const names = await testNames(
    services,
    submitted.map(({ testUid }) => testUid),
  );
  const activity = [
    ...measured.map(measuredView),
    ...submitted.map((row) => submittedView(row, names.get(row.testUid)?.name ?? `test ${row.testId}`)),
  ];
  return {
    total_clients: clients.length,
    online_clients: clients.filter((client) => isOnline(client, times)).length,
    total_tests: stored.length,
    active_tests: [...states.values()].filter((state) => state === 'Running').length,
    recent_activity: activity
      .sort((a, b) => (a.timestamp < b.timestamp ? 1 : a.timestamp > b.timestamp ? -1 : 0))
      .slice(0, ACTIVITIES),
  };
}

type Activity = Stats['recent_activity'][number];

function measuredView({ at, agent, test, rttSeconds }: ActivityRow): Activity {
  return {
    timestamp: guideTime(at.getTime()),
    client_name: agent,
    test_name: test,
    ping_latency: rttSeconds === null ? null : guideValue({ unit: 'seconds', guideUnit: 'ms' }, rttSeconds),
    submitted: false,
  };
}

function submittedView({ at, client, fields }: SubmittedRow, name: string): Activity {
  const latency = fields['ping_latency'];
  return {
    timestamp: guideTime(at.getTime()),
    client_name: client,
    test_name: name,
    ping_latency: typeof latency === 'number' ? latency : null,
    submitted: true,
  };
}
