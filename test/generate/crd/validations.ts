import type { Rule } from '@streamswarm/contract';
import { celText } from '@streamswarm/contract/kinds/cel';
import { FORMATS } from '@streamswarm/contract/kinds/formats';
import { durationCel, durationMessage } from '@streamswarm/contract/kinds/quantities';
import type { SchemaNode } from '../schema-node.ts';

/** One entry of x-kubernetes-validations. */
export interface Validation {
  readonly rule: string;
  readonly message: string;
  readonly messageExpression?: string;
  readonly reason?: string;
  readonly fieldPath?: string;
}

/** What the type of a field cannot say of its value. */
export function fieldValidations(node: SchemaNode): Validation[] {
  const duration = node['x-duration'];
  if (duration !== undefined) return [{ rule: durationCel(duration), message: durationMessage(duration) }];
  const format = node.format === undefined ? undefined : FORMATS[node.format];
  return format === undefined ? [] : [{ rule: format.cel, message: format.message }];
}

/** The rules of the contract that the API server checks at this part of the spec. */
export function placedValidations(rules: readonly Rule[], where: string): Validation[] {
  return rules
    .filter((rule) => rule.where === where)
    .flatMap(({ cel, message }) =>
      cel === null
        ? []
        : [
            {
              rule: cel.rule,
              message,
              ...(cel.culprit === undefined
                ? {}
                : { messageExpression: `(${cel.culprit}) + ${celText(`: ${message}`)}` }),
              ...(cel.reason === undefined ? {} : { reason: cel.reason }),
              ...(cel.field === undefined ? {} : { fieldPath: `.${cel.field}` }),
            },
          ],
    );
}

/** The messages of the rules that speak of this field, for its description. */
export function rulesTold(rules: readonly Rule[], path: string): string[] {
  return rules
    .filter(
      ({ where, cel }) =>
        [where, cel?.field].filter((part) => part !== undefined && part !== '').join('.') === path,
    )
    .map((rule) => rule.message);
}
