/** The rows between two of them, both included, in the order in which they stand; none where one is not there. */
export function rowsBetween(order: readonly string[], from: string, to: string): string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  return a < 0 || b < 0 ? [] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** A choice with one row more or less. */
export function toggled(chosen: ReadonlySet<string>, row: string): Set<string> {
  const next = new Set(chosen);
  if (!next.delete(row)) next.add(row);
  return next;
}
