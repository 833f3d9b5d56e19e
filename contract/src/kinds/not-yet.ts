import { LATER_PROBES, PROBE_NAMES } from '../probes/catalogue.ts';
import { at, type Rule } from './rule.ts';

/**
 * Parts of the shape whose machinery is not built yet. They are refused with the reason, never ignored; each
 * leaves this list with the release that brings it.
 */
export const NOT_YET: readonly Rule[] = [
  ...LATER_PROBES.map(
    (kind): Rule => ({
      name: 'not-yet',
      message: `not supported by this version yet: the ${kind} probe; this version has ${PROBE_NAMES.join(', ')}`,
      where: 'probes[]',
      cel: { rule: `!has(self.${kind})`, field: kind, reason: 'FieldValueForbidden' },
      check: (spec) =>
        (spec.probes ?? []).flatMap((entry, i) => at(`probes[${i}].${kind}`, entry[kind] !== undefined)),
    }),
  ),
];
