import { type Metric, PROBES, type ProbeName } from '@streamswarm/contract';

/** A field of the guide that one of our metrics answers. */
export interface GuideField {
  readonly field: string;
  readonly probe: ProbeName;
  readonly metric: Metric;
}

const MEASURED: ReadonlyMap<string, GuideField> = new Map(
  Object.values(PROBES)
    .flatMap(({ name, metrics }) =>
      metrics.flatMap((metric) =>
        metric.guideField === undefined
          ? []
          : [{ field: metric.guideField, probe: name as ProbeName, metric }],
      ),
    )
    // The first probe that has a field speaks for it.
    .reverse()
    .map((entry) => [entry.field, entry]),
);

/** The metric behind a field; null where this version measures no such thing. */
export function measuredField(field: string): GuideField | null {
  return MEASURED.get(field) ?? null;
}

export const LOSS_FIELD = 'ping_packet_loss';

/** A value of a metric in the unit that the guide gives its field. */
export function guideValue({ unit, guideUnit }: Pick<Metric, 'unit' | 'guideUnit'>, value: number): number {
  // Ours is decoded over encoded size, the guide's the share that did not travel.
  if (guideUnit === '% saved') return rounded((1 - 1 / value) * 100);
  return rounded(value * factor(unit, guideUnit ?? ''));
}

function factor(unit: Metric['unit'], guideUnit: string): number {
  if (unit === 'seconds' && guideUnit === 'ms') return 1_000;
  if (unit === 'ratio' && guideUnit === '%') return 100;
  if (unit === 'hertz' && guideUnit === 'MHz') return 1e-6;
  return 1;
}

/** Twelve digits: more would be those of the multiplication. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

/** Series of `GET /api/test/{id}/data`, by the name that each has there, with its field. */
export const DATA_FIELDS = {
  cpu: 'cpu_percent',
  memory: 'memory_percent',
  disk: 'disk_percent',
  ping_latency: 'ping_latency',
  ping_packet_loss: LOSS_FIELD,
  jitter: 'jitter',
  dns_resolution_time: 'dns_resolution_time',
  tcp_connect_time: 'tcp_connect_time',
  ssl_handshake_time: 'ssl_handshake_time',
  ttfb: 'ttfb',
  cpu_load_1min: 'cpu_load_1min',
  cpu_load_5min: 'cpu_load_5min',
  cpu_load_15min: 'cpu_load_15min',
  network_bytes_sent: 'network_bytes_sent',
  network_bytes_recv: 'network_bytes_recv',
  disk_read_iops: 'disk_read_iops',
  disk_write_iops: 'disk_write_iops',
  bandwidth_upload: 'bandwidth_upload',
  bandwidth_download: 'bandwidth_download',
  dscp_value: 'dscp_value',
  cos_value: 'cos_value',
  qos_policy_compliant: 'qos_policy_compliant',
} as const;
export type DataName = keyof typeof DATA_FIELDS;
export const DATA_NAMES = Object.keys(DATA_FIELDS) as readonly DataName[];
