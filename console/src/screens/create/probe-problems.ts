import type { FormProbe } from './form-view.ts';
import { type Problem, problemsAt, problemsElsewhere } from './problems-at.ts';

type Row = Pick<FormProbe, 'kind' | 'index'>;

/**
 * The problems that a row of the form shows. An entry that has two kinds by mistake has two rows: each shows what is
 * wrong within its kind, and the first the rest.
 */
export function problemsOfRow(row: Row, rows: readonly Row[], problems: readonly Problem[]): Problem[] {
  if (row.index === null) return [];
  const entry = `spec.probes[${row.index}]`;
  const sameEntry = rows.filter(({ index }) => index === row.index);
  const others = sameEntry.filter((each) => each !== row).map(({ kind }) => `${entry}.${kind}`);
  const mine = problemsElsewhere(problemsAt(problems, entry), others);
  return sameEntry[0] === row ? mine : problemsAt(mine, `${entry}.${row.kind}`);
}
