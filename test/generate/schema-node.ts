import type { TSchema } from 'typebox';

/** What the generators read of a schema of the contract: JSON Schema, and keywords of our own. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly format?: string;
  readonly 'x-default'?: unknown;
  readonly 'x-duration'?: { readonly min: string; readonly max: string };
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

/** A schema of the contract as the generators read it: TypeBox's own type names no keyword. */
export function schemaNode(schema: TSchema): SchemaNode {
  return schema as SchemaNode;
}

/** The description of a field; without one people would read nothing in three places, so that is an error. */
export function descriptionOf(node: SchemaNode, path: string): string {
  if (node.description === undefined || node.description.trim() === '') {
    throw new Error(`${path} has no description in the contract: add one, people read it in three places`);
  }
  return node.description;
}

/** A default as a person would write it in YAML: `5s`, `[{icmp: {}}]`. */
export function defaultText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(defaultText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, child]) => `${key}: ${defaultText(child)}`)
    .join(', ')}}`;
}
