import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import { explain, readablePath } from './explain-schema-error.ts';
import { FORMATS } from './formats.ts';
import type { Problem } from './problem.ts';
import { type DurationBounds, durationMessage, durationProblem } from './quantities.ts';

interface SchemaNode {
  readonly type?: string;
  readonly format?: string;
  readonly 'x-duration'?: DurationBounds;
  readonly 'x-keys'?: string;
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
    for (const [where, message] of explain(error, path, {
      known: knownFields(schema, error.schemaPath),
      hint,
    })) {
      if (!problems.has(where)) problems.set(where, { path: where, message, rule: error.keyword });
    }
  }
  for (const problem of formatProblems(schema as SchemaNode, value, '')) {
    const known = problems.get(problem.path);
    // A whole is not judged while a part of it is wrong.
    if (known === undefined && !hasWithin(problems, problem.path)) problems.set(problem.path, problem);
    if (known?.rule === 'type') problems.set(problem.path, { ...known, message: both(known, problem) });
  }
  return [...problems.values()];
}

/** Fields of the object that a pointer such as `#/properties/spec` leads to. */
function knownFields(schema: TSchema, pointer: string): string[] {
  let node: unknown = schema;
  for (const part of pointer.split('/').slice(1))
    node = (node as Record<string, unknown> | undefined)?.[part];
  return Object.keys((node as SchemaNode | undefined)?.properties ?? {});
}

function hasWithin(problems: ReadonlyMap<string, Problem>, path: string): boolean {
  return [...problems.keys()].some((key) => key.startsWith(`${path}.`) || key.startsWith(`${path}[`));
}

/** Of another type: what is allowed beyond the type too. */
function both(type: Problem, format: Problem): string {
  return `${type.message}: ${format.message.replace(/^must be /, '')}`;
}

function* formatProblems(schema: SchemaNode, value: unknown, path: string): Generator<Problem> {
  if (value === undefined) return;
  const bounds = schema['x-duration'];
  if (bounds !== undefined) {
    const message = typeof value === 'string' ? durationProblem(value, bounds) : durationMessage(bounds);
    if (message !== null) yield { path, message, rule: 'duration' };
  }
  if (schema.format !== undefined) yield* broken(schema.format, value, path);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      if (schema.items) yield* formatProblems(schema.items, item, `${path}[${i}]`);
  } else if (typeof value === 'object' && value !== null) {
    const [others] = Object.values(schema.patternProperties ?? {});
    for (const [key, child] of Object.entries(value)) {
      const next = schema.properties?.[key] ?? others;
      const where = path === '' ? key : `${path}.${key}`;
      if (schema['x-keys'] !== undefined) yield* broken(schema['x-keys'], key, where);
      if (next !== undefined) yield* formatProblems(next, child, where);
    }
  }
}

function* broken(name: string, value: unknown, path: string): Generator<Problem> {
  const format = FORMATS[name];
  if (format === undefined || format.ok(value)) return;
  yield { path, message: format.message, rule: name };
}
