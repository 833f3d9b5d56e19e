/** Kinds of destinations as the form writes them: each as one line of text. */
export const DESTINATION_KINDS = ['host', 'url', 'service', 'agents'] as const;
export type DestinationKind = (typeof DESTINATION_KINDS)[number];

type Fields = Readonly<Record<string, unknown>>;

/** The line of a destination's value, or null where a line cannot say it. */
export function addressText(kind: DestinationKind, value: unknown): string | null {
  if (kind === 'agents') return labelsText(value);
  if (kind !== 'service') return isText(value) ? String(value) : '';
  if (!isFields(value)) return '';
  const { namespace, name = '', port, ...other } = value;
  if (Object.keys(other).length > 0 || !isText(name)) return null;
  return `${isText(namespace) ? `${namespace}/` : ''}${name}${isText(port) ? `:${port}` : ''}`;
}

/** What a line means: `shop/checkout:8443`, `zone=b,tier=web`; an empty line of labels is every agent. */
export function addressValue(kind: DestinationKind, text: string): unknown {
  if (kind === 'agents') return labelsValue(text);
  if (kind !== 'service') return text;
  const [, namespace, name = '', port] = /^(?:([^/]*)\/)?([^:]*)(?::(.*))?$/.exec(text.trim()) ?? [];
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(port === undefined ? {} : { port: /^[0-9]+$/.test(port) ? Number(port) : port }),
  };
}

/** `a=b,c=d` of a label selector, or null where it has expressions. */
export function labelsText(selector: unknown): string | null {
  if (!isFields(selector)) return '';
  const { matchLabels, ...other } = selector;
  if (Object.keys(other).length > 0) return null;
  return Object.entries(isFields(matchLabels) ? matchLabels : {})
    .map(([key, value]) => `${key}=${isText(value) ? value : ''}`)
    .join(',');
}

export function labelsValue(text: string): unknown {
  const labels = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [key = '', ...rest] = part.split('=');
      return [key.trim(), rest.join('=').trim()] as const;
    });
  return labels.length === 0 ? {} : { matchLabels: Object.fromEntries(labels) };
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
