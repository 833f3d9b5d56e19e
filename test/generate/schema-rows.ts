import { FORMATS } from '@streamswarm/contract/kinds/formats';
import type { TSchema } from 'typebox';
import { defaultText, descriptionOf, type SchemaNode, schemaNode } from './schema-node.ts';

/** One field: its path (`spec.destinations[].host`), type, bounds and description. */
export interface FieldRow {
  readonly path: string;
  readonly type: string;
  readonly bounds: string;
  readonly required: boolean;
  readonly description: string;
}

/** Every field of a schema, outermost first; `into` decides whose fields are told too. */
export function fieldRows(schema: TSchema, into: (path: string) => boolean): FieldRow[] {
  return rowsOf(schemaNode(schema), '', into);
}

function rowsOf(node: SchemaNode, prefix: string, into: (path: string) => boolean): FieldRow[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, field]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const row: FieldRow = {
      path,
      type: typeText(field),
      bounds: boundsText(field),
      required: node.required?.includes(name) ?? false,
      description: describe(field, path),
    };
    if (!into(path)) return [row];
    const inner = field.items ?? field;
    return [row, ...rowsOf(inner, field.items === undefined ? path : `${path}[]`, into)];
  });
}

function describe(node: SchemaNode, path: string): string {
  const said = descriptionOf(node, path);
  return node['x-default'] === undefined ? said : `${said} Default: ${defaultText(node['x-default'])}.`;
}

function typeText(node: SchemaNode): string {
  if (node['x-kubernetes-int-or-string']) return 'number or text';
  if (node['x-duration'] !== undefined) return 'duration';
  if (node.format === 'quantity') return 'quantity';
  if (node.items !== undefined) return `list of ${plural(typeText(node.items))}`;
  const names: Record<string, string> = {
    object: 'mapping',
    integer: 'whole number',
    string: 'text',
    boolean: 'true or false',
  };
  return names[node.type ?? ''] ?? node.type ?? 'anything';
}

function plural(type: string): string {
  return type === 'text' ? 'texts' : `${type}s`;
}

function boundsText(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.join(', ');
  const format = node.format === undefined ? undefined : FORMATS[node.format];
  if (format !== undefined && node.format !== 'label-condition')
    return format.message.replace(/^must be /, '');
  const duration = node['x-duration'];
  if (duration !== undefined) return `${duration.min} to ${duration.max}`;
  if (node.minimum !== undefined || node.maximum !== undefined) {
    return [node.minimum ?? '', node.maximum ?? ''].join(' to ').trim();
  }
  if (node.items !== undefined && node.maxItems !== undefined)
    return `${node.minItems ?? 0} to ${node.maxItems}`;
  return node.type === 'string' && node.maxLength !== undefined ? `at most ${node.maxLength} characters` : '';
}
