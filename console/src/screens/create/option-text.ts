import type { OptionField } from './option-fields.ts';

/** The text of an option's value, or null where its field cannot say it. */
export function optionText({ input }: OptionField, value: unknown): string | null {
  if (value === undefined || value === null) return '';
  if (input === 'list') return Array.isArray(value) && value.every(isPlain) ? value.join(', ') : null;
  if (input === 'pairs') return Array.isArray(value) ? pairsText(value) : null;
  return isPlain(value) || typeof value === 'boolean' ? String(value) : null;
}

/** What a text means; what is no number stays as it was typed, so that the check can say what is wrong with it. */
export function optionValue({ input, isNumeric }: OptionField, text: string): unknown {
  if (text === '') return undefined;
  switch (input) {
    case 'number':
      return numberOr(text);
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'list':
      return text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => (isNumeric ? numberOr(part) : part));
    case 'pairs':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(pairOf);
    default:
      return text;
  }
}

function pairsText(pairs: readonly unknown[]): string | null {
  const lines = pairs.map((pair) => {
    const { name, value, ...rest } = (pair ?? {}) as Record<string, unknown>;
    return isPlain(name) && isPlain(value) && Object.keys(rest).length === 0 ? `${name}: ${value}` : null;
  });
  return lines.includes(null) ? null : lines.join('\n');
}

function pairOf(line: string): { name: string; value: string } {
  const [, name = '', value = ''] = /^([^:]*):?(.*)$/.exec(line.trim()) ?? [];
  return { name: name.trim(), value: value.trim() };
}

function numberOr(text: string): number | string {
  return /^-?[0-9]{1,15}(\.[0-9]+)?$/.test(text.trim()) ? Number(text) : text;
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
