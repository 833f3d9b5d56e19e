export type ReadLabels =
  | { readonly ok: true; readonly labels: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly problem: string };

/** `site=a, zone=b` as labels; the server checks the words themselves. */
export function readLabels(text: string): ReadLabels {
  const labels: Record<string, string> = {};
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue;
    const [, key, value] = /^([^=\s]+)\s*=\s*([^=]*)$/.exec(part) ?? [];
    if (key === undefined || value === undefined) {
      return { ok: false, problem: `"${part}" is no label: write key=value, with commas between` };
    }
    if (Object.hasOwn(labels, key)) return { ok: false, problem: `the label ${key} stands there twice` };
    labels[key] = value;
  }
  return { ok: true, labels };
}
