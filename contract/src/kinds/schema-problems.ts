import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import { isHost, isHttpUrl } from '../address/address.ts';
import { parseDscp } from '../probes/dscp.ts';
import type { Problem } from './problem.ts';
import { durationProblem } from './quantities.ts';

interface SchemaNode {
  readonly type?: string;
  readonly format?: string;
  readonly 'x-duration'?: { min: string; max: string };
  readonly properties?: Record<string, SchemaNode>;
  readonly patternProperties?: Record<string, SchemaNode>;
  readonly items?: SchemaNode;
}

/**
 * What of a value does not fit a schema, in the words of a person: the path, and what is allowed there.
 * `hint` may explain an unknown field better than "unknown field".
 */
export function schemaProblems(
  schema: TSchema,
  value: unknown,
  hint?: (path: string) => string | null,
): Problem[] {
  const problems = new Map<string, Problem>();
  for (const error of Errors(schema, value)) {
    const path = readablePath(error.instancePath);
    for (const [where, message] of explain(error, path, hint)) {
      if (!problems.has(where)) problems.set(where, { path: where, message, rule: error.keyword });
    }
  }
  for (const [path, message, rule] of formatProblems(schema as SchemaNode, value, '')) {
    if (!problems.has(path)) problems.set(path, { path, message, rule });
  }
  return [...problems.values()];
}

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

function explain(
  error: SchemaError,
  path: string,
  hint?: (path: string) => string | null,
): [string, string][] {
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
        return [where, hint?.(where) ?? 'unknown field: check its spelling and indentation'];
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
      return [
        [
          path,
          'must consist of lower-case letters, digits and hyphens, and begin and end with a letter or digit',
        ],
      ];
    case 'format':
      return [];
    default:
      return [[path, error.message]];
  }
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

/** A quantity: a number with its unit. */
const QUANTITY = /^-?[0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h|%|k|M|G|T)$/;
const RFC3339 =
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$/;

const FORMATS: Readonly<Record<string, { ok(value: unknown): boolean; message: string }>> = {
  host: {
    ok: (v) => typeof v === 'string' && isHost(v),
    message:
      'must be a host name or an IP address, without scheme, port or path (use url for those); numbers in hex or octal and IPv4-mapped IPv6 are refused',
  },
  'http-url': {
    ok: (v) => typeof v === 'string' && isHttpUrl(v),
    message: 'must be an absolute URL that begins with http:// or https://, without user name or password',
  },
  rfc3339: {
    ok: (v) => typeof v === 'string' && RFC3339.test(v) && !Number.isNaN(Date.parse(v)),
    message: 'must be a date and time with its zone, such as 2026-12-01T09:00:00+01:00',
  },
  quantity: {
    ok: (v) => typeof v === 'string' && QUANTITY.test(v),
    message: 'must be a number with its unit, in quotes: 50ms, 1% or 100M',
  },
  dscp: {
    ok: (v) => (typeof v === 'number' || typeof v === 'string') && parseDscp(v) !== null,
    message: 'must be a number from 0 to 63 or a class: be, ef, va, le, cs0 to cs7, af11 to af43',
  },
};

function* formatProblems(
  schema: SchemaNode,
  value: unknown,
  path: string,
): Generator<[string, string, string]> {
  if (value === undefined) return;
  const bounds = schema['x-duration'];
  if (bounds !== undefined && typeof value === 'string') {
    const message = durationProblem(value, bounds);
    if (message !== null) yield [path, message, 'duration'];
  }
  const format = schema.format === undefined ? undefined : FORMATS[schema.format];
  if (format !== undefined && !format.ok(value)) yield [path, format.message, schema.format as string];
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      if (schema.items) yield* formatProblems(schema.items, item, `${path}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      const next = schema.properties?.[key];
      if (next !== undefined) yield* formatProblems(next, child, join(path, key));
    }
  }
}
