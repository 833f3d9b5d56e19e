import type { ConditionStatus, ConditionType } from '@streamswarm/contract';

/** A condition as a decision: when it changed is for the one who writes it to know. */
export interface WantedCondition {
  readonly type: ConditionType;
  readonly status: ConditionStatus;
  /** One of those that the contract explains. */
  readonly reason: string;
  readonly message: string;
}
