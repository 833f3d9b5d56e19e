/** Figures as rows of a table: `nodeChanges.goneSeconds`, `0.42`; of a list of figures each by its place, from 1. */
export function figureRows(figures: unknown, path = ''): [string, string][] {
  if (typeof figures !== 'object' || figures === null) return [[path, words(figures)]];
  if (Array.isArray(figures) && figures.some((entry) => typeof entry === 'object')) {
    return figures.flatMap((entry, i) => figureRows(entry, `${path}.${i + 1}`));
  }
  if (Array.isArray(figures)) return [[path, figures.length === 0 ? 'none' : figures.map(words).join('; ')]];
  const entries = Object.entries(figures);
  if (entries.length === 0) return [[path, 'none']];
  return entries.flatMap(([key, value]) => figureRows(value, path === '' ? key : `${path}.${key}`));
}

function words(value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
}
