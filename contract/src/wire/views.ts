import Type, { type Static } from 'typebox';
import { orNull, time } from '../kinds/schema.ts';
import { AGENT_KINDS } from '../kinds/stream-agent.ts';
import { StreamTest, TEST_STATES, type TestState } from '../kinds/stream-test.ts';
import type { DestinationKind } from '../probes/probe.ts';
import { Balance } from './books.ts';
import { Capability } from './session.ts';

/** What the API shows and the console draws. Times are RFC 3339 in UTC; durations seconds; shares 0 to 1. */

const DESTINATION_KINDS = ['host', 'url', 'service', 'agents'] as const satisfies readonly DestinationKind[];
const state = Type.Unsafe<TestState>({ type: 'string', enum: [...TEST_STATES] });

export const Run = Type.Object(
  {
    id: Type.String(),
    number: Type.Integer(),
    reason: Type.String({ description: 'Created, RunNow, Resumed, SpecChanged or Schedule' }),
    startTime: time,
    /** Planned end while it runs, true end after; null for "until stopped". */
    endTime: orNull(time),
    result: orNull(
      Type.String({
        description: 'Complete, Stopped, Suspended, SpecChanged or Deleted; null while it runs',
      }),
    ),
    progressRatio: orNull(Type.Number({ description: '0 to 1; null where there is no end' })),
  },
  { $id: 'Run' },
);
export type Run = Static<typeof Run>;

/** What stands in the way of a test, for as long as it does. */
export const TestProblem = Type.Object({
  reason: Type.String({ description: 'Constant word, as in the conditions of the StreamTest.' }),
  message: Type.String({ description: 'For people.' }),
  destination: orNull(
    Type.String({ description: 'Name of the destination that it concerns; null for the whole test.' }),
  ),
  stops: Type.Boolean({
    description: 'Whether nothing of the test, or of that destination, is measured because of it.',
  }),
});
export type TestProblem = Static<typeof TestProblem>;

export const TestSummary = Type.Object(
  {
    uid: Type.String(),
    namespace: Type.String(),
    name: Type.String(),
    generation: Type.Integer(),
    description: orNull(Type.String()),
    state,
    /** Why it is in this state, where that needs a word. */
    message: orNull(Type.String()),
    problems: Type.Array(TestProblem, { description: 'Found when it was last planned; empty: none.' }),
    created: time,
    destinations: Type.Array(Type.String()),
    probes: Type.Array(Type.String()),
    intervalSeconds: Type.Number(),
    durationSeconds: orNull(Type.Number()),
    run: orNull(Run),
    nextRunTime: orNull(time),
    /** When runs start; null for a test that starts once, by itself. */
    schedule: orNull(
      Type.Object({
        cron: orNull(Type.String()),
        timeZone: Type.String({ description: 'IANA name by which the cron line is read.' }),
        startAt: orNull(time),
      }),
    ),
    streams: Type.Integer({ description: 'Streams of the run that is going; 0 between runs.' }),
    agents: Type.Object({ assigned: Type.Integer(), reporting: Type.Integer() }),
    /** Over the window of the list (last hour unless asked): packets for icmp, slots for the others. */
    lossRatio: orNull(Type.Number()),
    lossCounts: orNull(Type.Object({ sent: Type.Integer(), lost: Type.Integer() })),
    /** 95th percentile of the icmp round trip, else of the tcp connect, over the same window. */
    p95Seconds: orNull(Type.Number()),
    p95Metric: orNull(Type.String()),
    /** p95 in equal steps over the window, null where nothing was measured. */
    sparkline: Type.Array(orNull(Type.Number())),
    lastResultTime: orNull(time),
    books: Balance,
  },
  { $id: 'TestSummary' },
);
export type TestSummary = Static<typeof TestSummary>;

export const TestList = Type.Object(
  {
    items: Type.Array(TestSummary),
    /** Pass as `cursor` for the next page; null at the end. */
    next: orNull(Type.String()),
    total: Type.Integer(),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'Tests by state.' }),
    from: time,
    to: time,
  },
  { $id: 'TestList' },
);
export type TestList = Static<typeof TestList>;

/** One probe on one destination of a test: what it measures there, or why it does not apply. */
export const PairView = Type.Object({
  probe: Type.String(),
  kind: Type.String(),
  destination: orNull(Type.String()),
  destinationKind: orNull(
    Type.Unsafe<DestinationKind>({
      type: 'string',
      enum: [...DESTINATION_KINDS],
      description: 'Which of the four it is.',
    }),
  ),
  target: orNull(
    Type.String({
      description:
        'host or host:port; of a Service namespace/name:port; of a mesh the label selector of its far agents.',
    }),
  ),
  applies: Type.Boolean(),
  reason: orNull(Type.String()),
  periodSeconds: Type.Number(),
});
export type PairView = Static<typeof PairView>;

export const TestDetail = Type.Object(
  { summary: TestSummary, manifest: StreamTest, pairs: Type.Array(PairView), runs: Type.Array(Run) },
  { $id: 'TestDetail' },
);
export type TestDetail = Static<typeof TestDetail>;

/** A revision of the plan of a test: which streams it opened and closed, and when. `scheduled` follows from these alone. */
export const PlanRevision = Type.Object({
  span: Type.Integer(),
  stream: Type.String(),
  run: Type.String(),
  agent: Type.String(),
  destination: Type.String(),
  probe: Type.String(),
  start: time,
  periodSeconds: Type.Number(),
  from: time,
  to: orNull(time),
});
export type PlanRevision = Static<typeof PlanRevision>;

const numbers = Type.Array(orNull(Type.Number()));
/** One series, column by column, one entry a step; null where the step has no sample. */
export const Series = Type.Object({
  agent: orNull(Type.String()),
  destination: orNull(Type.String()),
  /** Values in the step (raw round trips for icmp); percentiles are of these, from merged histograms or raw values. */
  n: Type.Array(Type.Integer()),
  min: numbers,
  mean: numbers,
  p50: numbers,
  p95: numbers,
  p99: numbers,
  max: numbers,
  /** Largest own error of the step, where the probe measures it (icmp). */
  selfError: numbers,
  /** Packets for icmp, slots (ok + lost) for the others. */
  sent: Type.Array(Type.Integer()),
  lost: Type.Array(Type.Integer()),
  /** Slots of the step by outcome. */
  ok: Type.Array(Type.Integer()),
  lostSlots: Type.Array(Type.Integer()),
  error: Type.Array(Type.Integer()),
  denied: Type.Array(Type.Integer()),
  dropped: Type.Array(Type.Integer()),
});
export type Series = Static<typeof Series>;

/** What the store adds up beside the samples, from fine to coarse. */
export const ROLLUP_LEVELS = ['1m', '10m', '1h'] as const;
export type RollupLevel = (typeof ROLLUP_LEVELS)[number];
export const RESULT_LEVELS = ['raw', ...ROLLUP_LEVELS] as const;
export type ResultLevel = (typeof RESULT_LEVELS)[number];

export const Results = Type.Object(
  {
    probe: Type.String(),
    metric: Type.String(),
    unit: Type.String(),
    from: time,
    to: time,
    stepSeconds: Type.Number(),
    steps: Type.Integer(),
    /** What served it: raw samples or a rollup. */
    level: Type.Unsafe<ResultLevel>({ type: 'string', enum: [...RESULT_LEVELS] }),
    series: Type.Array(Series),
  },
  { $id: 'Results' },
);
export type Results = Static<typeof Results>;

const seconds = (description: string) => orNull(Type.Number({ description }));
/** What the traces of one path say of one TTL. */
export const PathHop = Type.Object({
  ttl: Type.Integer(),
  address: orNull(Type.String({ description: 'Null: silent.' })),
  sent: Type.Integer({ description: 'Packets sent with this TTL.' }),
  lost: Type.Integer({ description: 'Packets of these that nothing answered.' }),
  minSeconds: seconds('Smallest round trip.'),
  medianSeconds: seconds('Median round trip, nearest rank.'),
  maxSeconds: seconds('Largest round trip.'),
  unreachable: orNull(Type.String({ description: 'Why nothing goes on from here, where it said so.' })),
});
export type PathHop = Static<typeof PathHop>;

/** One way that the packets of a stream took. */
export const NetworkPath = Type.Object({
  hash: Type.String({ description: 'Its name: metric path_hash.' }),
  agent: Type.String(),
  destination: Type.String({ description: 'In a mesh name/far agent.' }),
  firstSeen: time,
  lastSeen: time,
  traces: Type.Integer({ description: 'Traces that saw this path.' }),
  reached: Type.Integer({ description: 'Traces of these in which the destination answered.' }),
  hops: Type.Array(PathHop),
});
export type NetworkPath = Static<typeof NetworkPath>;

export const Paths = Type.Object(
  {
    probe: Type.String(),
    from: time,
    to: time,
    traces: Type.Integer({ description: 'Traces that were read.' }),
    unanswered: Type.Integer({ description: 'Traces of these that nothing answered: they have no path.' }),
    oldestRead: orNull(
      Type.String({
        description:
          'RFC 3339, UTC; set where the window holds more traces than are read: what is older is left out.',
      }),
    ),
    distinct: Type.Integer({ description: 'Paths that these traces saw; listed are those last seen.' }),
    paths: Type.Array(NetworkPath, { description: 'Last seen first.' }),
  },
  { $id: 'Paths' },
);
export type Paths = Static<typeof Paths>;

export const AgentView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    kind: Type.Unsafe<(typeof AGENT_KINDS)[number]>({
      type: 'string',
      enum: [...AGENT_KINDS],
      description: 'Of a node of the cluster, or of a host of its own.',
    }),
    node: orNull(Type.String({ description: 'Name of its Node; null for a host.' })),
    labels: Type.Record(Type.String(), Type.String(), { description: 'By which tests aim at it.' }),
    suspended: Type.Boolean({ description: 'It gets no assignments.' }),
    gone: Type.Boolean({ description: 'Its node or host was taken away; what it measured stays.' }),
    /** Since when it may not open sessions any more; null: it may. */
    revokedAt: Type.Optional(orNull(time)),
    version: Type.String(),
    online: Type.Boolean(),
    firstSeen: time,
    lastSeen: time,
    platform: Type.Object({
      os: Type.String(),
      kernel: Type.String(),
      arch: Type.String(),
      cores: Type.Integer(),
      memoryBytes: Type.Number(),
    }),
    addresses: Type.Array(Type.String()),
    capabilities: Type.Array(Capability),
    tests: Type.Integer(),
    streams: Type.Integer(),
    spool: Type.Object({ batches: Type.Integer(), bytes: Type.Number(), bad: Type.Integer() }),
    through: orNull(time),
    /** The agent's clock minus the operator's when the session began. */
    clockOffsetSeconds: orNull(Type.Number()),
  },
  { $id: 'AgentView' },
);
export type AgentView = Static<typeof AgentView>;

/** The first line of the Overview. */
export const Fleet = Type.Object(
  {
    cluster: Type.String(),
    version: Type.String(),
    loopbackOnly: Type.Boolean(),
    /** Whether tests live in a Kubernetes cluster. */
    kubernetes: Type.Boolean(),
    startedAt: time,
    agents: Type.Array(Type.Object({ name: Type.String(), online: Type.Boolean(), lastSeen: time })),
    tests: Type.Record(Type.String(), Type.Integer(), { description: 'Tests by state.' }),
    samplesPerSecond: orNull(Type.Number({ description: 'Slots answered a second, over the last minute.' })),
    p95Seconds: orNull(Type.Number({ description: 'icmp round trip over the window.' })),
    selfErrorP99Seconds: orNull(Type.Number()),
    lossCounts: Type.Object({ sent: Type.Integer(), lost: Type.Integer() }),
    newestSampleTime: orNull(time),
    now: time,
    /** What happened while starting, for the first-start screen. */
    startup: Type.Array(Type.Object({ at: time, what: Type.String(), detail: Type.String() })),
  },
  { $id: 'Fleet' },
);
export type Fleet = Static<typeof Fleet>;

export const EVENT_KINDS = ['test', 'run', 'agent', 'plan', 'books'] as const;
export const EventView = Type.Object(
  {
    id: Type.Integer(),
    at: time,
    kind: Type.Unsafe<(typeof EVENT_KINDS)[number]>({ type: 'string', enum: [...EVENT_KINDS] }),
    reason: Type.String({ description: 'Constant word, such as RunStarted.' }),
    message: Type.String(),
    namespace: orNull(Type.String()),
    test: orNull(Type.String()),
    agent: orNull(Type.String()),
    warning: Type.Boolean(),
  },
  { $id: 'EventView' },
);
export type EventView = Static<typeof EventView>;
export const EventList = Type.Object({ items: Type.Array(EventView) }, { $id: 'EventList' });
export type EventList = Static<typeof EventList>;

export const LIVE_ENTITIES = ['tests', 'agents', 'results', 'events'] as const;
/** GET /api/v1/live (SSE): hints of what changed, by entity; the client refetches what it shows. */
export interface LiveHint {
  readonly entity: (typeof LIVE_ENTITIES)[number];
  /** `namespace/name` of the test, or the agent, where one is meant. */
  readonly key: string | null;
}

export const PlanPreview = Type.Object(
  {
    valid: Type.Boolean(),
    problems: Type.Array(Type.Object({ path: Type.String(), message: Type.String(), rule: Type.String() })),
    /** What would stand in its way now, as far as that follows from the agents alone. */
    notices: Type.Array(TestProblem),
    agents: Type.Integer(),
    streams: Type.Integer(),
    samplesPerSecond: Type.Number(),
    packetsPerSecond: Type.Number(),
    /** Raw samples and their indexes, per day. */
    bytesPerDay: Type.Number(),
    pairs: Type.Array(PairView),
    manifest: orNull(Type.String({ description: 'The test as YAML.' })),
  },
  { $id: 'PlanPreview' },
);
export type PlanPreview = Static<typeof PlanPreview>;

export const Catalogue = Type.Object(
  {
    probes: Type.Array(
      Type.Object({
        name: Type.String(),
        summary: Type.String(),
        perAgent: Type.Boolean(),
        options: Type.Unknown({ description: 'JSON Schema.' }),
        destinations: Type.Unknown(),
        metrics: Type.Array(
          Type.Object({
            name: Type.String(),
            unit: Type.String(),
            kind: Type.String(),
            better: orNull(Type.String()),
            meaning: Type.String(),
            nullMeans: Type.String(),
            guideField: Type.Optional(Type.String()),
            guideUnit: Type.Optional(Type.String()),
          }),
        ),
        phases: orNull(
          Type.Object(
            {
              total: Type.String({ description: 'Metric of the whole.' }),
              parts: Type.Array(Type.String(), {
                description: 'Metrics of the parts, in the order of time.',
              }),
            },
            { description: 'Parts of a slot that follow each other; null where it has none.' },
          ),
        ),
      }),
    ),
  },
  { $id: 'Catalogue' },
);
export type Catalogue = Static<typeof Catalogue>;
