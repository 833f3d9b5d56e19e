import { DESTINATION_RULES } from './destination-rules.ts';
import { NOT_YET } from './not-yet.ts';
import { PROBE_RULES } from './probe-rules.ts';
import type { Problem } from './problem.ts';
import type { Rule } from './rule.ts';
import { SCHEDULE_RULES } from './schedule-rules.ts';
import type { StreamTestSpec } from './stream-test.ts';
import { THRESHOLD_RULES } from './threshold-rules.ts';

export const RULES: readonly Rule[] = [
  ...DESTINATION_RULES,
  ...PROBE_RULES,
  ...SCHEDULE_RULES,
  ...THRESHOLD_RULES,
];

/** Which rules a spec breaks that fits the schema. */
export function ruleProblems(spec: StreamTestSpec): Problem[] {
  const broken = (rules: readonly Rule[]): Problem[] =>
    rules.flatMap((rule) =>
      rule.check(spec).map((path) => ({ path: `spec.${path}`, message: rule.message, rule: rule.name })),
    );
  const problems = broken(RULES);
  // What is wrong in itself comes first: "not yet" on top of it would only distract.
  return problems.length > 0 ? problems : broken(NOT_YET);
}
