import Type, { type Static } from 'typebox';
import { conditionList } from './conditions.ts';
import { closed } from './schema.ts';

// Words in the status (state, reasons, results) are no enums here: an operator that is newer than the installed
// CRD must still be able to write its status.

const count = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, format: 'int64', description });
const time = (description: string) => Type.String({ format: 'date-time', description });
const text = (maxLength: number, description: string) => Type.String({ maxLength, description });
const optional = Type.Optional;

const RunStatus = Type.Object(
  {
    id: text(64, 'Identity of the run, as in the API and the database.'),
    number: count('Counts the runs of this test from 1.'),
    startTime: time('When it began.'),
    endTime: optional(time('When it ended, or will end as planned. Absent: it runs until it is stopped.')),
    reason: text(64, 'Why it began: Created, Schedule, RunNow, Resumed or SpecChanged.'),
    progressPercent: optional(
      Type.Integer({
        minimum: 0,
        maximum: 100,
        format: 'int32',
        description: 'Share of its duration that has passed. Absent: it has no end.',
      }),
    ),
    result: optional(
      text(
        64,
        'How it ended: Complete, Stopped, Suspended, SpecChanged, Replaced or Deleted. Absent: it runs.',
      ),
    ),
  },
  { ...closed, description: 'The current run, else the latest.' },
);

const WorstAgent = Type.Object(
  {
    name: text(253, 'Name of the StreamAgent.'),
    loss: optional(text(16, 'Its loss, such as 12.5%.')),
    p95: optional(text(16, 'Its 95th percentile, such as 81.2ms.')),
    lastResultTime: optional(time('When it last sent a result. Absent: never.')),
    message: optional(text(256, 'What is wrong with it.')),
  },
  { ...closed, description: 'One agent that is worse off than the others.' },
);

const AgentCounts = Type.Object(
  {
    assigned: count('Agents that measure for this test.'),
    reporting: count('Of these, agents whose results arrive.'),
    worst: optional(
      Type.Array(WorstAgent, {
        maxItems: 10,
        description: 'At most ten agents, the worst first; all of them are in the API.',
        'x-kubernetes-list-type': 'atomic',
      }),
    ),
  },
  { ...closed, description: 'Who measures.' },
);

const SampleCounts = Type.Object(
  {
    scheduled: count('Slots that the plan asked for until now; the others add up to it.'),
    ok: count('Slots that were measured.'),
    lost: count('Slots whose probes got no answer.'),
    error: count('Slots that failed before anything could be measured.'),
    denied: count('Slots that a policy forbade.'),
    dropped: count('Slots that an agent could not measure or keep, and said so.'),
    pending: count('Slots whose answer is still awaited.'),
    unaccounted: count('Slots that nobody answered for: 0 unless something is broken.'),
  },
  {
    ...closed,
    description:
      'scheduled = ok + lost + error + denied + dropped + pending + unaccounted, of the current run.',
  },
);

const Summary = Type.Object(
  {
    progress: optional(text(32, 'Time run of the duration, such as 3m/5m.')),
    agents: optional(text(32, 'Agents reporting of those assigned, such as 3/3.')),
    loss: optional(text(16, 'Loss over the run, such as 0.1%.')),
    p95: optional(
      text(16, '95th percentile of the icmp round trip, else of the tcp connect, such as 12.3ms.'),
    ),
  },
  { ...closed, description: 'The figures above as people read them, for the columns of kubectl get.' },
);

export const StreamTestStatus = Type.Object(
  {
    state: optional(
      text(
        32,
        'One word for people: Pending, Scheduled, Running, Suspended, Complete or Failed. Programs read the conditions.',
      ),
    ),
    observedGeneration: optional(count('Generation of the spec that this status speaks of.')),
    lastHandledRunNow: optional(text(256, 'Last value of the annotation streamswarm.dev/run-now acted on.')),
    lastHandledStopNow: optional(
      text(256, 'Last value of the annotation streamswarm.dev/stop-now acted on.'),
    ),
    conditions: optional(conditionList('Ready, Reconciling, Stalled, Complete and Failed.')),
    nextRunTime: optional(time('When the next run is due. Absent: none is.')),
    lastResultTime: optional(time('When the newest result was measured.')),
    run: optional(RunStatus),
    agents: optional(AgentCounts),
    samples: optional(SampleCounts),
    summary: optional(Summary),
  },
  {
    ...closed,
    description: 'What is seen; written by the operator.',
    // So that helm --wait and everything that reads conditions waits from the first moment.
    'x-default': {
      state: 'Pending',
      conditions: [
        {
          type: 'Ready',
          status: 'Unknown',
          reason: 'Pending',
          message: 'waiting for the StreamSwarm operator',
          lastTransitionTime: '1970-01-01T00:00:00Z',
        },
      ],
    },
  },
);
export type StreamTestStatus = Static<typeof StreamTestStatus>;
