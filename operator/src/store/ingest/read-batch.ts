import { zstdDecompressSync } from 'node:zlib';
import {
  Batch,
  isProbeName,
  MAX_BATCH_BYTES,
  MAX_BATCH_ROWS,
  type Metric,
  PROBES,
  type SampleTable,
  Word,
} from '@streamswarm/contract';
import { Compile } from 'typebox/compile';

const batchShape = Compile(Batch);
const wordShape = Compile(Word);

/** A batch that was read, or why it can never be taken. */
export type ReadBatch =
  | { readonly ok: true; readonly batch: Batch }
  | { readonly ok: false; readonly detail: string };

export function readWord(value: unknown): Word | null {
  return wordShape.Check(value) ? value : null;
}

/**
 * Takes a batch apart and trusts nothing in it: size after decompression, shape, columns of one length, values
 * of the type that the contract gives each metric. JSON has no NaN and no Infinity; what came in their place is
 * refused here.
 */
export function readBatch(bytes: Uint8Array): ReadBatch {
  let parsed: unknown;
  try {
    parsed = JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: MAX_BATCH_BYTES }).toString('utf8'));
  } catch (error) {
    return {
      ok: false,
      detail: `not zstd of JSON below ${MAX_BATCH_BYTES} bytes: ${(error as Error).message}`,
    };
  }
  if (!batchShape.Check(parsed)) {
    const [first] = batchShape.Errors(parsed);
    return {
      ok: false,
      detail: `does not fit the batch schema at ${first?.instancePath || '/'}: ${first?.message ?? ''}`,
    };
  }
  let rows = 0;
  for (const [kind, table] of Object.entries(parsed.tables)) {
    if (!isProbeName(kind)) return { ok: false, detail: `tables.${kind}: no such probe` };
    const detail = tableProblem(kind, table);
    if (detail !== null) return { ok: false, detail };
    rows += table.span.length;
  }
  if (rows > MAX_BATCH_ROWS)
    return { ok: false, detail: `${rows} samples, at most ${MAX_BATCH_ROWS} are allowed` };
  for (const [i, range] of parsed.ranges.entries()) {
    if (range.first >= range.end) return { ok: false, detail: `ranges[${i}]: first must lie before end` };
  }
  return { ok: true, batch: parsed };
}

function tableProblem(kind: keyof typeof PROBES, table: SampleTable): string | null {
  const rows = table.span.length;
  const { metrics, ...columns } = table;
  for (const [name, column] of Object.entries(columns)) {
    if (column.length !== rows) return `tables.${kind}.${name}: ${column.length} entries for ${rows} samples`;
  }
  for (const [name, values] of Object.entries(metrics)) {
    const metric = PROBES[kind].metrics.find((candidate) => candidate.name === name);
    if (metric === undefined) return `tables.${kind}.metrics.${name}: no such metric`;
    if (values.length !== rows)
      return `tables.${kind}.metrics.${name}: ${values.length} entries for ${rows} samples`;
    const bad = values.findIndex((value) => value !== null && !fits(metric, value));
    if (bad >= 0) return `tables.${kind}.metrics.${name}[${bad}]: not a value of this metric`;
  }
  return null;
}

/** More raw values than an icmp slot can have packets. */
const MAX_RAW_VALUES = 100;
const MAX_TEXT = 256;
const MAX_DETAIL_BYTES = 65_536;
const FLOAT4_MAX = 3.4e38;
const INT4_MAX = 2_147_483_647;

function fits(metric: Metric, value: unknown): boolean {
  const number = (v: unknown): boolean =>
    typeof v === 'number' && Number.isFinite(v) && Math.abs(v) < FLOAT4_MAX;
  switch (metric.kind) {
    case 'samples':
      return (
        Array.isArray(value) && value.length <= MAX_RAW_VALUES && value.every((v) => number(v) && v >= 0)
      );
    case 'state':
      return typeof value === 'string' && value.length <= MAX_TEXT && !value.includes('\0');
    case 'detail':
      return typeof value === 'object' && JSON.stringify(value).length <= MAX_DETAIL_BYTES;
    case 'count':
    case 'fact':
      return (
        Number.isSafeInteger(value) &&
        (value as number) >= 0 &&
        (metric.wide === true || (value as number) <= INT4_MAX)
      );
    case 'distribution':
      return number(value) && (value as number) >= 0;
    default:
      return number(value);
  }
}
