import assert from 'node:assert/strict';
import { type Batch, RELATIVE_ERROR, type Results, slotDueMs, slotsDueIn } from '@streamswarm/contract';
import type { PlantedSpan } from './planted-spans.ts';

export const HOUR = 3_600_000;
export const PERIOD = 5_000;
/** A whole hour three to four hours ago. */
export const START = Math.floor((Date.now() - 3 * HOUR) / HOUR) * HOUR;
export const LENGTH = HOUR;
/** What the network did in one slot: the truth that every answer below is compared with. */
export interface Truth {
  readonly agent: string;
  readonly destination: string;
  readonly span: number;
  readonly slot: number;
  readonly dueMs: number;
  readonly outcome: 'ok' | 'lost' | 'error' | 'denied' | 'dropped';
  readonly sent: number | null;
  readonly rtts: number[];
  readonly selfError: number | null;
}

/** Round trips are multiples of 2^-14 s, which float4 keeps exactly. */
export function truthOf(span: PlantedSpan, destination: string): Truth[] {
  const { first, end } = slotsDueIn(span, 0, Number.MAX_SAFE_INTEGER);
  return Array.from({ length: end - first }, (_, i): Truth => {
    const slot = first + i;
    const place = { agent: span.agentId, destination, span: span.id, slot, dueMs: slotDueMs(span, slot) };
    const none = { sent: null, rtts: [], selfError: null };
    if (destination === 'one' && slot >= 100 && slot < 130) return { ...place, ...none, outcome: 'dropped' };
    if (destination === 'two' && slot >= 300 && slot < 305) return { ...place, ...none, outcome: 'denied' };
    if (slot % 11 === 3) return { ...place, ...none, outcome: 'error' };
    if (slot % 17 === 5) return { ...place, outcome: 'lost', sent: 10, rtts: [], selfError: null };
    const received = slot % 13 === 1 ? 8 : 10;
    const rtts = Array.from(
      { length: received },
      (_, k) => (100 + ((slot * 37 + k * 61 + destination.length) % 400)) / 16_384,
    );
    return { ...place, outcome: 'ok', sent: 10, rtts, selfError: (1 + (slot % 5)) / 65_536 };
  });
}

export function batchOf(seq: number, slots: readonly Truth[]): Batch {
  const samples = slots.filter((slot) => slot.outcome !== 'denied' && slot.outcome !== 'dropped');
  const ranges = slots.filter((slot) => slot.outcome === 'denied' || slot.outcome === 'dropped');
  const column = <T>(of: (slot: Truth) => T): T[] => samples.map(of);
  return {
    version: 1,
    epoch: 1,
    seq,
    tables: {
      icmp: {
        span: column((s) => s.span),
        slot: column((s) => s.slot),
        lateSeconds: column(() => 0),
        outcome: column((s) => s.outcome as 'ok' | 'lost' | 'error'),
        source: column((s) => (s.outcome === 'error' ? 'network' : null)),
        reason: column((s) => (s.outcome === 'error' ? 'unreachable' : null)),
        address: column(() => '198.18.0.1'),
        nulls: column(() => null),
        metrics: {
          sent: column((s) => s.sent),
          received: column((s) => (s.sent === null ? null : s.rtts.length)),
          rtts_seconds: column((s) => (s.rtts.length > 0 ? s.rtts : null)),
          rtt_mean_seconds: column((s) => (s.rtts.length > 0 ? mean(s.rtts) : null)),
          self_error_seconds: column((s) => s.selfError),
          ttl: column((s) => (s.rtts.length > 0 ? 60 + (s.slot % 4) : null)),
        },
      },
    },
    ranges: ranges.map(({ span, slot, outcome }) => ({
      span,
      first: slot,
      end: slot + 1,
      outcome: outcome as 'denied' | 'dropped',
      reason: outcome === 'denied' ? 'link-local' : 'busy',
    })),
    surplus: [],
  };
}

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
export const mean = (values: readonly number[]): number => sum(values) / values.length;
/** Raw figures come in the shortest decimals that name their float4. */
export const float4 = (value: number | null | undefined): number | null =>
  typeof value === 'number' ? Math.fround(value) : null;
/** Nearest rank. */
export function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1] as number;
}

/** Compares each step of each series with what the slots due in it say. */
export function compare(
  results: Results,
  truth: readonly Truth[],
  of: (series: Results['series'][number]) => (slot: Truth) => boolean,
): void {
  const stepMs = results.stepSeconds * 1_000;
  assert.equal(Date.parse(results.to) - Date.parse(results.from), results.steps * stepMs);
  for (const series of results.series) {
    const mine = truth.filter(of(series));
    for (let i = 0; i < results.steps; i++) {
      const fromMs = Date.parse(results.from) + i * stepMs;
      const slots = mine.filter((slot) => slot.dueMs >= fromMs && slot.dueMs < fromMs + stepMs);
      const rtts = slots.flatMap((slot) => slot.rtts);
      const count = (outcome: Truth['outcome']): number =>
        slots.filter((slot) => slot.outcome === outcome).length;
      const sent = sum(slots.map((slot) => slot.sent ?? 0));
      const errors = slots.flatMap((slot) => (slot.selfError === null ? [] : [slot.selfError]));
      assert.deepEqual(
        [
          series.n[i],
          float4(series.min[i]),
          float4(series.max[i]),
          series.sent[i],
          series.lost[i],
          float4(series.selfError[i]),
          series.ok[i],
          series.lostSlots[i],
          series.error[i],
          series.denied[i],
          series.dropped[i],
        ],
        [
          rtts.length,
          rtts.length > 0 ? Math.min(...rtts) : null,
          rtts.length > 0 ? Math.max(...rtts) : null,
          sent,
          sent - rtts.length,
          errors.length > 0 ? Math.max(...errors) : null,
          count('ok'),
          count('lost'),
          count('error'),
          count('denied'),
          count('dropped'),
        ],
        `step ${i} of ${series.agent} ${series.destination}`,
      );
      if (rtts.length === 0) {
        assert.deepEqual(
          [series.mean[i], series.p50[i], series.p95[i], series.p99[i]],
          [null, null, null, null],
        );
        continue;
      }
      assert.ok(Math.abs((series.mean[i] ?? 0) - mean(rtts)) < 1e-12);
      for (const [figure, q] of [
        ['p50', 0.5],
        ['p95', 0.95],
        ['p99', 0.99],
      ] as const) {
        const exact = quantile(rtts, q);
        const allowed = results.level === 'raw' ? 0 : exact * RELATIVE_ERROR * 1.0001;
        assert.ok(Math.abs((float4(series[figure][i]) ?? 0) - exact) <= allowed, `${figure} of step ${i}`);
      }
    }
  }
}
