import { findMetric, type Metric } from '@streamswarm/contract';
import { lossPercent } from '../../../guide/guide-data.ts';
import { guideValue } from '../../../guide/guide-fields.ts';
import { guideTime } from '../../../guide/guide-time.ts';
import type { GuideClient } from '../../../store/queries/guide/clients.ts';
import type { LatestHost } from '../../../store/queries/guide/latest-host.ts';
import type { ClientDetails } from '../../routes/guide/get-client-details.ts';
import { clientView, isOnline } from './client-view.ts';
import type { GuideApiServices } from './find-guide.ts';
import { testNames } from './test-names.ts';

const HISTORY = 10;

export async function readClientDetails(
  services: GuideApiServices,
  client: GuideClient,
): Promise<ClientDetails> {
  const { store, settings } = services.guide;
  const { agentId } = client;
  const [nowMs, host, measured, submitted] = await Promise.all([
    services.nowMs(),
    agentId === null ? null : store.latestHost(agentId),
    agentId === null ? [] : store.pingHistory(agentId, HISTORY),
    store.submitted({ clientId: client.id, limit: HISTORY }),
  ]);
  const times = { nowMs, heartbeatSeconds: settings.heartbeatSeconds };
  const online = isOnline(client, times);
  const machine = agentId === null ? submittedMachine(submitted[0]?.fields) : machineOf(host);
  const names = await testNames(
    services,
    [...measured, ...submitted].map(({ testUid }) => testUid),
  );
  const history = [
    ...measured.map(({ at, testUid, rttSeconds, sent, received }) => ({
      atMs: at.getTime(),
      testUid,
      ping_latency: rttSeconds === null ? null : guideValue(milliseconds, rttSeconds),
      ping_packet_loss: lossPercent(sent, sent === null || received === null ? null : sent - received),
      submitted: false,
    })),
    ...submitted.map(({ at, testUid, fields }) => ({
      atMs: at.getTime(),
      testUid,
      ping_latency: numberOrNull(fields['ping_latency']),
      ping_packet_loss: numberOrNull(fields['ping_packet_loss']),
      submitted: true,
    })),
  ];
  return {
    client: clientView(client, times),
    uptime: online ? Math.max(0, Math.round((nowMs - client.registeredAt.getTime()) / 1_000)) : null,
    metrics: machine.metrics,
    test_history: history
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, HISTORY)
      .flatMap(({ atMs, testUid, ...rest }) => {
        const named = names.get(testUid);
        if (named === undefined) return [];
        return [{ timestamp: guideTime(atMs), test_id: named.id, test_name: named.name, ...rest }];
      }),
    null_reasons: { ...(online ? {} : { uptime: 'offline' }), ...machine.reasons },
  };
}

const milliseconds = { unit: 'seconds', guideUnit: 'ms' } as const;

interface Machine {
  readonly metrics: ClientDetails['metrics'];
  readonly reasons: Record<string, string>;
}

const SHARES = [
  ['cpu_percent', 'cpuRatio', 'cpu_ratio'],
  ['memory_percent', 'memoryRatio', 'memory_ratio'],
  ['disk_percent', 'diskRatio', 'disk_ratio'],
] as const;

function machineOf(host: LatestHost | null): Machine {
  const metrics = { cpu_percent: null, memory_percent: null, disk_percent: null } as Record<
    (typeof SHARES)[number][0],
    number | null
  >;
  const reasons: Record<string, string> = {};
  for (const [field, column, name] of SHARES) {
    const ratio = host?.[column] ?? null;
    const metric: Metric | undefined = findMetric('host', name);
    if (ratio !== null && metric !== undefined) metrics[field] = guideValue(metric, ratio);
    else reasons[field] = host === null ? 'no-result' : (host.nulls?.[name] ?? 'no-result');
  }
  return { metrics, reasons };
}

/** A script's machine is what it submitted last. */
function submittedMachine(fields: Readonly<Record<string, unknown>> | undefined): Machine {
  const found = SHARES.map(([field]) => [field, numberOrNull(fields?.[field])] as const);
  return {
    metrics: Object.fromEntries(found) as Machine['metrics'],
    reasons: Object.fromEntries(
      found.filter(([, value]) => value === null).map(([field]) => [field, 'no-result']),
    ),
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
