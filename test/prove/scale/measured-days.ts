import { type Span, slotDueMs, slotsDueIn } from '@streamswarm/contract';

export const KINDS = ['icmp', 'http'] as const;
export type DaysKind = (typeof KINDS)[number];

/** What is asked for of each kind: one value a slot. */
export const METRICS = { icmp: 'rtts_seconds', http: 'total_seconds' } as const satisfies Record<
  DaysKind,
  string
>;

/** One stream of the days, by the place of its agent. */
export interface DaysStream {
  readonly span: Span;
  readonly stream: string;
  readonly agent: string;
  readonly place: number;
  readonly kind: DaysKind;
}

const DAY_SLOTS = 8_640;

/**
 * The value of one slot in seconds, null where it was lost: another level for each agent, the swing of a day, noise
 * with a long tail. A function of its arguments alone, so that the truth need not be kept. Exact as a float4.
 */
export function slotValue({ place, kind }: DaysStream, slot: number): number | null {
  const hash = mix(slot * 2 + (kind === 'http' ? 1 : 0), place);
  if (hash % 97 === 0) return null;
  const noise = (hash >>> 8) / 2 ** 24;
  const swing = 1 + 0.3 * Math.sin((2 * Math.PI * slot) / DAY_SLOTS);
  const level = (kind === 'http' ? 0.02 : 0.002) * (1 + place / 50);
  return Math.fround(level * swing * (1 + 0.5 * noise ** 4));
}

/** What the slots of a time come to, out of every single value. */
export interface RawFigures {
  readonly n: number;
  readonly lost: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export function rawFigures(streams: readonly DaysStream[], fromMs: number, toMs: number): RawFigures {
  const values: number[] = [];
  let lost = 0;
  for (const stream of streams) {
    const { first, end } = slotsDueIn(stream.span, fromMs, toMs);
    for (let slot = first; slot < end; slot++) {
      const value = slotValue(stream, slot);
      if (value === null) lost++;
      else values.push(value);
    }
  }
  const sorted = Float64Array.from(values).sort();
  const rank = (q: number): number | null => sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? null;
  return {
    n: sorted.length,
    lost,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
  };
}

/** Slots of a stream with their due times and values, in a time. */
export function* slotsOf(stream: DaysStream, fromMs: number, toMs: number) {
  const { first, end } = slotsDueIn(stream.span, fromMs, toMs);
  for (let slot = first; slot < end; slot++)
    yield { dueMs: slotDueMs(stream.span, slot), value: slotValue(stream, slot) };
}

function mix(a: number, b: number): number {
  let x = Math.imul(a ^ (b * 0x9e3779b1), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
