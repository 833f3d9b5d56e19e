import { type Document, isCollection, isMap, isScalar, LineCounter, parseDocument, stringify } from 'yaml';

export type Path = readonly (string | number)[];

/** `spec.destinations[1].url` -> ['spec', 'destinations', 1, 'url'] */
export function pathOf(text: string): Path {
  return text === ''
    ? []
    : text
        .split(/[.[\]]+/)
        .flatMap((part) => (part === '' ? [] : [/^[0-9]+$/.test(part) ? Number(part) : part]));
}

/** The document of a text that can be edited, or null where it is no mapping or cannot be read. */
export function readable(text: string): Document | null {
  const doc = parseDocument(text);
  return doc.errors.length === 0 && isMap(doc.contents) ? doc : null;
}

/**
 * The text with one value set, or taken away where it is undefined. Comments and the order of everything else stay.
 * A text that cannot be read stays as it is.
 */
export function withValue(text: string, path: Path, value: unknown): string {
  const doc = readable(text);
  if (doc === null) return text;
  clearWay(doc, path);
  if (value === undefined) doc.deleteIn(path);
  // A plain value goes into the node that is there, and so keeps its comment.
  else if (typeof value !== 'object') {
    dropNeededQuotes(doc.getIn(path, true));
    doc.setIn(path, value);
  } else doc.setIn(path, doc.createNode(value, { flow: isEmptyObject(value) }));
  return doc.toString({ lineWidth: 0 });
}

/** Quotes that only the former value needed go with it, such as those of a word that ended in a space while it was typed. */
function dropNeededQuotes(node: unknown): void {
  if (isScalar(node) && stringify(node.value).startsWith('"')) node.type = 'PLAIN';
}

/** What stands where a collection is needed is none: `tcp:` and `tcp: null` become one to which an option is added. */
function clearWay(doc: Document, path: Path): void {
  for (let length = 1; length < path.length; length++) {
    const inner = path.slice(0, length);
    if (doc.hasIn(inner) && !isCollection(doc.getIn(inner, true))) {
      doc.setIn(inner, doc.createNode({}));
      return;
    }
  }
}

/** Where a path stands in a text, counted from 0; the nearest parent where the path itself is not there. */
export function lineOf(text: string, path: string): number {
  const counter = new LineCounter();
  const doc = parseDocument(text, { lineCounter: counter, keepSourceTokens: true });
  const parts = pathOf(path);
  for (let length = parts.length; length > 0; length--) {
    const offset = offsetOf(doc, parts.slice(0, length));
    if (offset !== null) return counter.linePos(offset).line - 1;
  }
  const broken = doc.errors[0]?.linePos?.[0].line;
  return broken === undefined ? 0 : broken - 1;
}

/** Of a key in a mapping its own place, not that of its value: the value may begin a line below. */
function offsetOf(doc: Document, path: Path): number | null {
  const parent = path.length === 1 ? doc.contents : doc.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => String(key) === String(last));
    return rangeOf(pair?.key);
  }
  return rangeOf(doc.getIn(path, true));
}

function rangeOf(node: unknown): number | null {
  const range = (node as { range?: readonly [number, number, number] | null } | null | undefined)?.range;
  return range?.[0] ?? null;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
