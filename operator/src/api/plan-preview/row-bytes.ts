import { PROBES, type ProbeName } from '@streamswarm/contract';
import { metricColumns, SAMPLE_COLUMNS } from '../../store/tables/columns.ts';

/** Tuple header and line pointer (PostgreSQL manual, 66.6), then the entry of the (stream, ts) index. */
const TUPLE_BYTES = 24 + 4;
const INDEX_ENTRY_BYTES = 45;

/** Bytes of a value of each column type, as far as the type tells; text is short words here. */
const TYPE_BYTES: Readonly<Record<string, number>> = {
  int4: 4,
  int8: 8,
  float4: 4,
  float8: 8,
  timestamptz: 8,
  inet: 8,
  text: 7,
  jsonb: 0,
};
const ARRAY_HEADER_BYTES = 24;

/** Estimated bytes of one raw sample with its index; `values` is how many values its array holds. */
export function sampleBytes(kind: ProbeName, values: number): number {
  const columns = [...SAMPLE_COLUMNS, ...metricColumns(PROBES[kind])];
  const data = columns.reduce((sum, { type }) => {
    const name = type.replace(' not null', '');
    return sum + (name === 'float4[]' ? ARRAY_HEADER_BYTES + 4 * values : (TYPE_BYTES[name] ?? 0));
  }, 0);
  return TUPLE_BYTES + Math.ceil(columns.length / 8) + data + INDEX_ENTRY_BYTES;
}
