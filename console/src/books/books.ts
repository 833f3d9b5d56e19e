import type { Balance, Outcome } from '@streamswarm/contract/wire/books';

/** In the order of the law, the good one first. */
export const ORDER = [
  'ok',
  'lost',
  'error',
  'denied',
  'dropped',
  'pending',
  'unaccounted',
] as const satisfies readonly Outcome[];

export const ZERO: Balance = {
  scheduled: 0,
  ok: 0,
  lost: 0,
  error: 0,
  denied: 0,
  dropped: 0,
  pending: 0,
  unaccounted: 0,
};

/** The books of several tests together. */
export function sumBooks(books: readonly Balance[]): Balance {
  const sum = { ...ZERO };
  for (const balance of books) {
    sum.scheduled += balance.scheduled;
    for (const outcome of ORDER) sum[outcome] += balance[outcome];
  }
  return sum;
}

/** Whether the outcomes add up to what was scheduled. */
export function addsUp(balance: Balance): boolean {
  return ORDER.reduce((sum, outcome) => sum + balance[outcome], 0) === balance.scheduled;
}

/** One part of the slots that are not ok, as a share of these. */
export interface Part {
  readonly outcome: Exclude<Outcome, 'ok'>;
  readonly slots: number;
  readonly share: number;
}

export interface Magnified {
  readonly okRatio: number | null;
  readonly notOk: number;
  readonly notOkRatio: number;
  /** How many times larger than true the lower bar draws its parts; null where nothing is to be drawn. */
  readonly factor: number | null;
  readonly parts: readonly Part[];
}

/** The parts of the accounting bar: all slots above, below only those that are not ok, drawn larger. */
export function magnify(balance: Balance): Magnified {
  const { scheduled, ok } = balance;
  const notOk = scheduled - ok;
  const parts = ORDER.flatMap((outcome): Part[] =>
    outcome === 'ok' || balance[outcome] === 0
      ? []
      : [{ outcome, slots: balance[outcome], share: notOk === 0 ? 0 : balance[outcome] / notOk }],
  );
  return {
    okRatio: scheduled === 0 ? null : ok / scheduled,
    notOk,
    notOkRatio: scheduled === 0 ? 0 : notOk / scheduled,
    factor: notOk === 0 ? null : scheduled / notOk,
    parts,
  };
}

/** The reasons of one outcome, most slots first. */
export function reasonsOf(
  reasons: Readonly<Record<string, number>>,
  outcome: Outcome,
): { reason: string; slots: number }[] {
  return Object.entries(reasons)
    .filter(([key, slots]) => slots > 0 && key.startsWith(`${outcome}.`))
    .map(([key, slots]) => ({ reason: key.slice(outcome.length + 1), slots }))
    .sort((a, b) => b.slots - a.slots);
}
