/** metav1.Condition. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration?: number;
  /** RFC 3339. */
  readonly lastTransitionTime: string;
}

export type ConditionWish = Omit<Condition, 'lastTransitionTime'>;

/**
 * The conditions with this one set. lastTransitionTime moves only when the status changes; each condition keeps its
 * place and a new one comes last; where nothing changes the same array comes back.
 */
export function setCondition(
  conditions: readonly Condition[],
  wish: ConditionWish,
  nowIso: string,
): readonly Condition[] {
  const at = conditions.findIndex(({ type }) => type === wish.type);
  const before = conditions[at];
  if (before === undefined) return [...conditions, { ...wish, lastTransitionTime: nowIso }];
  const isSame =
    before.status === wish.status &&
    before.reason === wish.reason &&
    before.message === wish.message &&
    before.observedGeneration === wish.observedGeneration;
  if (isSame) return conditions;
  const lastTransitionTime = before.status === wish.status ? before.lastTransitionTime : nowIso;
  return conditions.with(at, { ...wish, lastTransitionTime });
}

/** The condition of this type, or null. */
export function findCondition(conditions: readonly Condition[], type: string): Condition | null {
  return conditions.find((condition) => condition.type === type) ?? null;
}
