import Type, { type Static } from 'typebox';

/** scheduled = ok + lost + error + denied + dropped + pending + unaccounted, and unaccounted must be 0. */
export const OUTCOMES = ['ok', 'lost', 'error', 'denied', 'dropped', 'pending', 'unaccounted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

const count = Type.Integer({ minimum: 0 });
export const Balance = Type.Object({
  scheduled: count,
  ok: count,
  lost: count,
  error: count,
  denied: count,
  dropped: count,
  pending: count,
  unaccounted: count,
});
export type Balance = Static<typeof Balance>;

export const BooksLine = Type.Object({
  ...Balance.properties,
  /** Why slots are denied, dropped, pending or an error: outcome.reason -> slots. */
  reasons: Type.Record(Type.String(), count),
  /** Answers that no slot asked for (after a stop, second answers): outside the law. */
  surplus: count,
});
export type BooksLine = Static<typeof BooksLine>;

export const Accounting = Type.Object(
  {
    /** Window by due time, whole minutes; `from` is null for everything since the first slot, and later than asked where
     *  the books are kept no longer slot by slot. */
    from: Type.Union([Type.String(), Type.Null()]),
    to: Type.String(),
    ...BooksLine.properties,
    tests: Type.Array(
      Type.Object({ namespace: Type.String(), test: Type.String(), ...BooksLine.properties }),
    ),
    agents: Type.Array(Type.Object({ agent: Type.String(), ...BooksLine.properties })),
    probes: Type.Array(Type.Object({ probe: Type.String(), ...BooksLine.properties })),
  },
  { $id: 'Accounting' },
);
export type Accounting = Static<typeof Accounting>;

export function emptyLine(): BooksLine {
  return {
    scheduled: 0,
    ok: 0,
    lost: 0,
    error: 0,
    denied: 0,
    dropped: 0,
    pending: 0,
    unaccounted: 0,
    reasons: {},
    surplus: 0,
  };
}
