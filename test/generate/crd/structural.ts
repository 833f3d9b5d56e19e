import type { Rule } from '@streamswarm/contract';
import type { SchemaNode } from '../schema-node.ts';
import { fieldValidations, placedValidations, rulesTold, type Validation } from './validations.ts';
import { fieldWords } from './words.ts';

/** A structural schema (apiextensions.k8s.io/v1, JSONSchemaProps), as far as ours need it. */
export interface Structural {
  readonly type?: string;
  readonly description: string;
  readonly properties?: Readonly<Record<string, Structural>>;
  readonly [keyword: string]: unknown;
}

/** Keywords that mean the same in both. `pattern` is not among them: a rule with a message of ours says it better. */
const KEPT = [
  'enum',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'maxProperties',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-preserve-unknown-fields',
] as const;
const FORMATS_KEPT: ReadonlySet<string> = new Set(['int32', 'int64', 'date-time']);

/**
 * The schema of the contract as a CRD has it: closed by pruning, with every rule as CEL and everything that people
 * must know in the description. `path` is that of the rules: empty for the spec.
 */
export function structural(node: SchemaNode, path: string, rules: readonly Rule[]): Structural {
  const intOrString = node['x-kubernetes-int-or-string'] === true;
  const child = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const validations = [...fieldValidations(node), ...placedValidations(rules, path)];
  return {
    ...(intOrString ? { anyOf: [{ type: 'integer' }, { type: 'string' }] } : { type: typeOf(node, path) }),
    description: fieldWords(node, path, rulesTold(rules, path)),
    ...Object.fromEntries(
      KEPT.flatMap((keyword) => (node[keyword] === undefined ? [] : [[keyword, node[keyword]]])),
    ),
    ...(node.format !== undefined && FORMATS_KEPT.has(node.format) ? { format: node.format } : {}),
    ...(node['x-default'] === undefined ? {} : { default: node['x-default'] }),
    ...propertiesOf(node, (field, name) => structural(field, child(name), rules)),
    ...(node.items === undefined ? {} : listOf(node, structural(node.items, `${path}[]`, rules))),
    ...mapOf(node, (value) => structural(value, child('*'), rules)),
    ...(validations.length === 0 ? {} : { 'x-kubernetes-validations': validations satisfies Validation[] }),
  };
}

function typeOf(node: SchemaNode, path: string): string {
  if (node.type === undefined)
    throw new Error(`${path} has no type: a structural schema needs one everywhere`);
  return node.type;
}

function propertiesOf(node: SchemaNode, convert: (field: SchemaNode, name: string) => Structural): object {
  if (node.properties === undefined) return {};
  const entries = Object.entries(node.properties).map(([name, field]) => [name, convert(field, name)]);
  return {
    properties: Object.fromEntries(entries),
    ...(node.required === undefined || node.required.length === 0 ? {} : { required: node.required }),
  };
}

/** A list that does not say how appliers share it belongs to one of them whole. */
function listOf(node: SchemaNode, items: Structural): object {
  return { items, 'x-kubernetes-list-type': node['x-kubernetes-list-type'] ?? 'atomic' };
}

function mapOf(node: SchemaNode, convert: (value: SchemaNode) => Structural): object {
  const [value] = Object.values(node.patternProperties ?? {});
  return value === undefined ? {} : { additionalProperties: convert(value) };
}
