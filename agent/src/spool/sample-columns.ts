import { PROBES, type ProbeName } from '@streamswarm/contract/probes/catalogue';
import type { SampleTable } from '@streamswarm/contract/wire/batch';
import type { ProbeOutcome } from '../probes/probe-outcome.ts';

/** One answered slot, as it enters a batch. */
export interface Sample {
  readonly kind: ProbeName;
  readonly span: number;
  readonly slot: number;
  readonly lateSeconds: number;
  readonly address: string | null;
  readonly outcome: ProbeOutcome;
}

interface Column {
  readonly name: string;
  readonly seconds: boolean;
  readonly values: unknown[];
}

/** The samples of one kind of probe while their batch is open: one array a metric, no object a sample. */
export class SampleColumns {
  readonly #columns: readonly Column[];
  readonly #table: SampleTable;

  constructor(kind: ProbeName) {
    this.#columns = PROBES[kind].metrics.map(({ name, unit }) => ({
      name,
      seconds: unit === 'seconds',
      values: [],
    }));
    this.#table = {
      span: [],
      slot: [],
      lateSeconds: [],
      outcome: [],
      source: [],
      reason: [],
      address: [],
      nulls: [],
      metrics: Object.fromEntries(this.#columns.map(({ name, values }) => [name, values])),
    };
  }

  get length(): number {
    return this.#table.span.length;
  }

  get table(): SampleTable {
    return this.#table;
  }

  push(sample: Sample): void {
    const { outcome } = sample;
    const table = this.#table;
    table.span.push(sample.span);
    table.slot.push(sample.slot);
    table.lateSeconds.push(Math.round(sample.lateSeconds * 1e6) / 1e6);
    table.outcome.push(outcome.outcome);
    table.source.push(outcome.source ?? null);
    table.reason.push(outcome.reason ?? null);
    table.address.push(sample.address);
    let nulls: Record<string, string> | null = outcome.nulls ?? null;
    const metrics = outcome.metrics as Readonly<Record<string, unknown>>;
    for (const { name, seconds, values } of this.#columns) {
      const value = metrics[name] ?? null;
      if (isSound(value)) values.push(seconds ? wholeNanoseconds(value) : value);
      else {
        // JSON would turn NaN and Infinity into null without a word.
        values.push(null);
        nulls = { ...nulls, [name]: 'failed' };
      }
    }
    table.nulls.push(nulls !== null && isEmpty(nulls) ? null : nulls);
  }

  /** Takes out the samples of a span from a slot on; returns how many there were. */
  remove(span: number, fromSlot: number): number {
    const table = this.#table;
    let kept = 0;
    const total = this.length;
    const columns: unknown[][] = [
      table.span,
      table.slot,
      table.lateSeconds,
      table.outcome,
      table.source,
      table.reason,
      table.address,
      table.nulls,
      ...this.#columns.map(({ values }) => values),
    ];
    for (let row = 0; row < total; row++) {
      if (table.span[row] === span && (table.slot[row] as number) >= fromSlot) continue;
      for (const column of columns) column[kept] = column[row];
      kept++;
    }
    for (const column of columns) column.length = kept;
    return total - kept;
  }
}

function isEmpty(record: Readonly<Record<string, string>>): boolean {
  for (const _ in record) return false;
  return true;
}

function isSound(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isSound);
  return true;
}

/** Digits below a nanosecond are noise that would double the size of a batch. */
function wholeNanoseconds(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 1e9) / 1e9;
  return Array.isArray(value) ? value.map(wholeNanoseconds) : value;
}
