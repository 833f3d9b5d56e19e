import type { Assignment, PlanLine, PlannedSpan } from '@streamswarm/contract/wire/plan';

type Fields = Readonly<Record<string, unknown>>;

/**
 * One line of the plan stream, or null where it is not one. Checked by hand: a schema library would cost an agent
 * more memory than all its plans.
 */
export function parsePlanLine(text: string): PlanLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  switch (value['type']) {
    case 'put':
      return isAssignment(value['assignment']) ? (value as PlanLine) : null;
    case 'del':
      return isText(value['id']) ? (value as PlanLine) : null;
    case 'synced':
      return isWhole(value['revision'], 0) && isNumber(value['nowMs']) ? (value as PlanLine) : null;
    case 'heartbeat':
      return isNumber(value['nowMs']) ? (value as PlanLine) : null;
    default:
      return null;
  }
}

/** Whether a value can be planned by: every number that slots are computed from is one. */
export function isPlannedSpan(value: unknown): value is PlannedSpan {
  return (
    isObject(value) &&
    isWhole(value['span'], 1) &&
    isText(value['stream']) &&
    isText(value['probe']) &&
    isText(value['kind']) &&
    isObject(value['options']) &&
    (value['target'] === null || isTarget(value['target'])) &&
    isWhole(value['startMs']) &&
    isWhole(value['periodMs'], 1) &&
    isWhole(value['offsetMs'], 0) &&
    isWhole(value['fromMs']) &&
    (value['toMs'] === null || isWhole(value['toMs']))
  );
}

function isAssignment(value: unknown): value is Assignment {
  return (
    isObject(value) &&
    isText(value['id']) &&
    Array.isArray(value['spans']) &&
    value['spans'].every(isPlannedSpan)
  );
}

function isTarget(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['destination']) &&
    isText(value['host']) &&
    (value['port'] === null || isWhole(value['port'], 1))
  );
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => Number.isFinite(value);
const isWhole = (value: unknown, least = Number.MIN_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && (value as number) >= least;
