import { type Metric, PROBES, type Probe, ROLLUP_LEVELS, type RollupLevel } from '@streamswarm/contract';

/**
 * The tables of a probe, made from its metrics in the contract: `probe_<name>` holds one row a slot,
 * `probe_<name>_1m`, `_10m` and `_1h` what so much time of a stream adds up to. Nothing else declares these columns.
 */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

export const sampleTable = (probe: string): string => `probe_${probe}`;
export const rollupTable = (probe: string, level: RollupLevel): string => `probe_${probe}_${level}`;
export const minuteTable = (probe: string): string => rollupTable(probe, '1m');

export const ROLLUP_MS: Readonly<Record<RollupLevel, number>> = {
  '1m': 60_000,
  '10m': 600_000,
  '1h': 3_600_000,
};

/** A level and all that are finer, the coarsest first. */
export function levelsDownFrom(level: RollupLevel): RollupLevel[] {
  return ROLLUP_LEVELS.slice(0, ROLLUP_LEVELS.indexOf(level) + 1).reverse();
}

/** Columns that the table of every probe has. */
export const SAMPLE_COLUMNS: readonly Column[] = [
  {
    name: 'stream',
    type: 'int8 not null',
    comment: 'Key of the stream: test x agent x destination x endpoint x probe',
  },
  { name: 'ts', type: 'timestamptz not null', comment: 'When the slot was due, by the operator’s clock' },
  { name: 'late_seconds', type: 'float4', comment: 'How late the slot began' },
  { name: 'outcome', type: 'text not null', comment: 'ok, lost or error' },
  { name: 'source', type: 'text', comment: 'Where an error came from: target, network, resolver or local' },
  { name: 'reason', type: 'text', comment: 'Why, for what is not ok' },
  { name: 'address', type: 'inet', comment: 'Address that was measured' },
  { name: 'nulls', type: 'jsonb', comment: 'Why metrics of this row are null: metric -> reason' },
];

export function metricColumns(probe: Probe): Column[] {
  return probe.metrics.map((metric) => ({
    name: metric.name,
    type: sqlType(metric),
    comment: `${metric.meaning} [${metric.unit}]. Null: ${metric.nullMeans}`,
  }));
}

function sqlType(metric: Metric): string {
  switch (metric.kind) {
    case 'samples':
      return 'float4[]';
    case 'state':
      return 'text';
    case 'detail':
      return 'jsonb';
    case 'count':
    case 'fact':
      return metric.wide ? 'int8' : 'int4';
    default:
      return metric.wide ? 'float8' : 'float4';
  }
}

/** Slots of the time by outcome; in each rollup table. */
export const ROLLUP_COLUMNS: readonly Column[] = [
  { name: 'stream', type: 'int8 not null', comment: 'Key of the stream' },
  { name: 'ts', type: 'timestamptz not null', comment: 'Begin of the time, by due times' },
  { name: 'ok', type: 'int4 not null', comment: 'Slots that were ok' },
  { name: 'lost', type: 'int4 not null', comment: 'Slots that were lost' },
  { name: 'error', type: 'int4 not null', comment: 'Slots that ended with an error' },
  {
    name: 'merged',
    type: 'boolean not null default false',
    comment:
      'Whether it is merged with the other rows of its stream and time, and part of the next coarser level',
  },
];

export type Rollup = 'histogram' | 'gauge' | 'sum' | 'none';

export function rollupOf(metric: Metric): Rollup {
  if (metric.of !== undefined) return 'none';
  if (metric.kind === 'samples' || metric.kind === 'distribution') return 'histogram';
  if (metric.kind === 'gauge') return 'gauge';
  return metric.kind === 'count' ? 'sum' : 'none';
}

/** `<metric>_n, _sum, _min, _max` and for distributions `_hist`; counts have `_sum` alone. */
export function rolledUpColumns(probe: Probe): Column[] {
  return probe.metrics.flatMap((metric): Column[] => {
    const rollup = rollupOf(metric);
    if (rollup === 'none') return [];
    const column = (suffix: string, type: string, comment: string): Column => ({
      name: `${metric.name}_${suffix}`,
      type,
      comment: `${comment} of: ${metric.meaning} [${metric.unit}]`,
    });
    if (rollup === 'sum') return [column('sum', 'int8', 'Sum')];
    const moments = [
      column('n', 'int4', 'Number of values'),
      column('sum', 'float8', 'Sum'),
      column('min', 'float8', 'Smallest'),
      column('max', 'float8', 'Largest'),
    ];
    return rollup === 'gauge'
      ? moments
      : [
          ...moments,
          column(
            'hist',
            'int4[]',
            'Histogram [key, count, ...], quantiles by streamswarm_quantile(hist, q),',
          ),
        ];
  });
}

export function rollupColumnNames(probe: Probe): string[] {
  return [...ROLLUP_COLUMNS, ...rolledUpColumns(probe)].map((column) => column.name);
}

export const ALL_PROBES: readonly Probe[] = Object.values(PROBES);
