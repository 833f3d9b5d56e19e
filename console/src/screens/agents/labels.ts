/** On every node, and of no use to tell them apart or to aim by: the name says it, or all have the same. */
const USUAL = [
  /^kubernetes\.io\/(hostname|arch|os)$/,
  /^beta\.kubernetes\.io\//,
  /^node\.kubernetes\.io\/(exclude|instance-type)/,
];

type Labels = Readonly<Record<string, string>>;

/** `key=value` of each label, those by which people aim first. */
export function labelWords(labels: Labels): string[] {
  return [...telling(labels), ...sorted(labels, isUsual)].map(([key, value]) => labelText(key, value));
}

/** The labels that tell agents apart, short enough for a row: without the domain of their keys. */
export function shortLabels(labels: Labels): string[] {
  return telling(labels).map(([key, value]) => labelText(key.slice(key.lastIndexOf('/') + 1), value));
}

function telling(labels: Labels): [string, string][] {
  return sorted(labels, (key) => !isUsual(key));
}

function sorted(labels: Labels, keeps: (key: string) => boolean): [string, string][] {
  return Object.entries(labels)
    .filter(([key]) => keeps(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function isUsual(key: string): boolean {
  return USUAL.some((pattern) => pattern.test(key));
}

function labelText(key: string, value: string): string {
  return value === '' ? key : `${key}=${value}`;
}
