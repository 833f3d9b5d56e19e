import type { Errors } from 'typebox/value';
import { FORMATS } from './formats.ts';

/** `/spec/destinations/1/url` -> `spec.destinations[1].url` */
export function readablePath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^[0-9]+$/.test(part) ? `${path}[${part}]` : join(path, part)), '');
}

function join(path: string, part: string): string {
  return path === '' ? part : `${path}.${part}`;
}

type SchemaError = ReturnType<typeof Errors>[number];

export interface Explaining {
  /** Fields that may stand where the error is. */
  readonly known: readonly string[];
  /** What to say of an unknown field, where that is more than which others there are. */
  readonly hint?: ((path: string) => string | null) | undefined;
}

/** The path and the words for each field that an error of the schema is about. */
export function explain(error: SchemaError, path: string, { known, hint }: Explaining): [string, string][] {
  const params = error.params as {
    type?: string | string[];
    limit?: number;
    comparison?: string;
    allowedValues?: unknown[];
    requiredProperties?: string[];
    additionalProperties?: string[];
  };
  switch (error.keyword) {
    case 'required':
      return (params.requiredProperties ?? []).map((name) => [join(path, name), 'is required']);
    case 'additionalProperties':
      return (params.additionalProperties ?? []).map((name) => {
        const where = join(path, name);
        return [where, hint?.(where) ?? unknownField(known)];
      });
    case 'boolean':
    case 'anyOf':
      return [];
    case 'type':
      if (error.schemaPath.includes('/anyOf/')) return [[path, 'must be a number or text']];
      return [[path, `must be ${article(String(params.type))}`]];
    case 'enum':
      return [[path, `must be one of ${(params.allowedValues ?? []).join(', ')}`]];
    case 'minimum':
    case 'maximum':
      return [[path, `must be ${params.comparison === '>=' ? 'at least' : 'at most'} ${params.limit}`]];
    case 'minItems':
      return [[path, `needs at least ${params.limit} ${params.limit === 1 ? 'entry' : 'entries'}`]];
    case 'maxItems':
      return [[path, `may have at most ${params.limit} entries`]];
    case 'minLength':
      return [[path, params.limit === 1 ? 'must not be empty' : `needs at least ${params.limit} characters`]];
    case 'maxLength':
      return [[path, `may have at most ${params.limit} characters`]];
    case 'pattern':
      return [[path, FORMATS['name']?.message ?? error.message]];
    case 'format':
      return [];
    default:
      return [[path, error.message]];
  }
}

function unknownField(known: readonly string[]): string {
  return known.length === 0
    ? 'unknown field: nothing may stand here'
    : `unknown field: here may stand ${known.join(', ')}`;
}

function article(type: string): string {
  const names: Record<string, string> = {
    integer: 'a whole number',
    array: 'a list',
    object: 'a mapping',
    string: 'text',
  };
  return names[type] ?? (type === 'boolean' ? 'true or false' : `a ${type}`);
}
