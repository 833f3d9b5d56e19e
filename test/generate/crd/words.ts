import { FORMATS } from '@streamswarm/contract/kinds/formats';
import { durationMessage } from '@streamswarm/contract/kinds/quantities';
import { defaultText, descriptionOf, type SchemaNode } from '../schema-node.ts';

/**
 * The description of a field for `kubectl explain`, which shows neither defaults nor ranges nor rules: so they
 * stand behind it in words. `rules` are the messages of the rules that are told at this field.
 */
export function fieldWords(node: SchemaNode, path: string, rules: readonly string[]): string {
  return [
    descriptionOf(node, path),
    ...bounds(node),
    ...(node['x-default'] === undefined ? [] : [`Default: ${defaultText(node['x-default'])}.`]),
    // Not capitalised: many begin with the name of a field.
    ...rules.map((rule) => `Rule: ${rule}.`),
  ].join(' ');
}

/** Formats that do not bound the length by themselves. */
const LENGTH_COUNTS: ReadonlySet<string> = new Set(['name', 'node-name', 'host', 'http-url']);

function bounds(node: SchemaNode): string[] {
  const said: string[] = [];
  if (node.enum !== undefined) said.push(`One of ${node.enum.join(', ')}.`);
  const duration = node['x-duration'];
  if (duration !== undefined) return [...said, sentence(durationMessage(duration))];
  const format = node.format === undefined ? undefined : FORMATS[node.format];
  if (format !== undefined) said.push(sentence(format.message));
  if (node.minimum !== undefined && node.maximum !== undefined && node.format !== 'int64')
    said.push(`From ${node.minimum} to ${node.maximum}.`);
  if (node.maxItems !== undefined) said.push(`${node.minItems ?? 0} to ${node.maxItems} entries.`);
  if (node.maxProperties !== undefined) said.push(`At most ${node.maxProperties} entries.`);
  if (node.maxLength !== undefined && (format === undefined || LENGTH_COUNTS.has(node.format ?? '')))
    said.push(`At most ${node.maxLength} characters.`);
  return said;
}

function sentence(text: string): string {
  const capital = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
