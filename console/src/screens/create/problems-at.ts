import type { PlanPreview } from '@streamswarm/contract/wire/views';

export type Problem = PlanPreview['problems'][number];

/** The problems of a field, or of anything within it. */
export function problemsAt(problems: readonly Problem[], path: string): Problem[] {
  return problems.filter((problem) => isWithin(problem.path, path));
}

/** The problems at which no field of the form stands: they must not be lost. */
export function problemsElsewhere(problems: readonly Problem[], fields: readonly string[]): Problem[] {
  return problems.filter((problem) => !fields.some((field) => isWithin(problem.path, field)));
}

function isWithin(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`);
}
