import Type, { type Static } from 'typebox';
import { closed, stringEnum } from './schema.ts';

/** What each condition of a StreamTest says. The pages of the reference and `kubectl explain` show these lines. */
export const CONDITION_MEANINGS = {
  Ready:
    'True: accepted and planned, before, during and after its runs. False: nothing can be measured, and the reason says why. Unknown: no operator has seen it yet.',
  Reconciling:
    'True: accepted, and nothing could be planned yet because agents are missing. It goes away once they are there; it never means "running".',
  Stalled: 'True, beside Ready=False: waiting alone does not mend it, somebody has to act.',
  Complete: 'True: a test that runs once has had its run.',
  Failed: 'True, beside Complete: the run ended without one result.',
} as const;
export type ConditionType = keyof typeof CONDITION_MEANINGS;
export const CONDITION_TYPES = Object.keys(CONDITION_MEANINGS) as readonly ConditionType[];

/** Every word that can stand as the reason of a condition of a StreamTest, and what it means. */
export const REASON_MEANINGS = {
  Pending: 'No operator has seen this test yet.',
  Planned: 'Accepted: its runs and who measures are decided.',
  Scheduled: 'Accepted: its next run has a time, which nextRunTime shows.',
  Suspended: 'Accepted, and spec.suspend is true: nothing runs until it is false.',
  RunFinished: 'Its only run has ended at its planned end.',
  Stopped: 'Its only run was ended early by the stop-now annotation.',
  NoResults: 'Its only run has ended, and no agent had sent one result.',
  InvalidSpec:
    'The stored spec breaks a rule of this version: the message has the field and what is allowed.',
  NeverDue: 'The cron line names no day that ever comes, such as the 31st of February.',
  NoAgents: 'No agent matches spec.sources, or none has joined yet: it begins when one does.',
  StartMissed: 'startAt was missed by more than startingDeadline, so no run starts.',
  NoFarAgents: 'A destination of kind agents matches no agent other than the source itself.',
  AgentHasNoAddress: 'An agent of a mesh told no address that others can reach.',
  NodeNotFound: 'spec.sources.nodes names a node on which no agent runs.',
  ServiceNotFound: 'A destination names a Service that does not exist.',
  NoEndpoints: 'The Service exists, and no ready endpoint stands behind it.',
  PortNotFound: 'The Service has no port of that number or name.',
  OverPacketLimit:
    'It asks an agent for more packets a second than agents send: slots that find no room are dropped as busy.',
  NeedsCluster: 'The test needs Kubernetes, and this operator runs without it.',
} as const;
export type Reason = keyof typeof REASON_MEANINGS;
export const REASONS = Object.keys(REASON_MEANINGS) as readonly Reason[];

/** Why a run began. */
export const RUN_REASON_MEANINGS = {
  Created: 'The test was new.',
  Schedule: 'Its time had come: startAt or cron.',
  RunNow: 'The annotation streamswarm.dev/run-now asked for it.',
  Resumed: 'spec.suspend was lifted.',
  SpecChanged: 'interval, duration or schedule was edited.',
} as const;
export type RunReason = keyof typeof RUN_REASON_MEANINGS;

/** How a run ended. */
export const RUN_RESULT_MEANINGS = {
  Complete: 'It ran its whole duration.',
  Stopped: 'The annotation streamswarm.dev/stop-now ended it.',
  Suspended: 'spec.suspend ended it.',
  SpecChanged: 'An edit of interval, duration or schedule ended it, and the next run began.',
  Replaced: 'A newer run was due: run-now, or cron with concurrencyPolicy Replace.',
  Deleted: 'The test was deleted.',
} as const;
export type RunResult = keyof typeof RUN_RESULT_MEANINGS;

/** Reasons of the Events that `kubectl describe` lists. */
export const EVENT_MEANINGS = {
  Accepted: 'The spec is planned: how many agents and streams.',
  RunStarted: 'A run began, and why.',
  RunFinished: 'A run ended, and how.',
  RunMissed: 'A start was skipped: later than startingDeadline, or a run was still going.',
  Refused: 'The test is stalled: the message is that of the Stalled condition.',
  Deleting: 'ttlAfterFinished has passed, and the object is deleted; its results stay.',
} as const;
export type EventReason = keyof typeof EVENT_MEANINGS;

/** What each condition of a StreamAgent says. */
export const AGENT_CONDITION_MEANINGS = {
  Online: 'True: the agent has an open session with the operator.',
} as const;
export type AgentConditionType = keyof typeof AGENT_CONDITION_MEANINGS;

export const AGENT_REASON_MEANINGS = {
  Pending: 'The operator knows of the node, and no agent has come from it yet.',
  Connected: 'The agent has an open session.',
  Silent: 'The agent was there and has not been heard of for the time in the message.',
  Suspended: 'spec.suspend is true: the agent gets no assignments.',
} as const;
export type AgentReason = keyof typeof AGENT_REASON_MEANINGS;

export const CONDITION_STATUSES = ['True', 'False', 'Unknown'] as const;
export type ConditionStatus = (typeof CONDITION_STATUSES)[number];

/** As `metav1.Condition` of Kubernetes. */
export const Condition = Type.Object(
  {
    type: Type.String({ minLength: 1, maxLength: 316, description: 'What the condition is about.' }),
    status: stringEnum(CONDITION_STATUSES, 'Whether it holds.'),
    observedGeneration: Type.Optional(
      Type.Integer({ minimum: 0, format: 'int64', description: 'Generation of the spec it speaks of.' }),
    ),
    lastTransitionTime: Type.String({ format: 'date-time', description: 'When status last changed.' }),
    reason: Type.String({ minLength: 1, maxLength: 1_024, description: 'One constant word for programs.' }),
    message: Type.String({ maxLength: 32_768, description: 'What happened, why, and what to do next.' }),
  },
  { ...closed, description: 'One condition.' },
);
export type Condition = Static<typeof Condition>;

export const conditionList = (description: string) =>
  Type.Array(Condition, {
    maxItems: 16,
    description,
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['type'],
  });
