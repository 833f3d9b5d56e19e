import Type, { type Static, type TUnsafe } from 'typebox';
import { LATER_PROBES, PROBES, type ProbeName } from '../probes/catalogue.ts';
import { durationBetween } from './quantities.ts';
import { closed, stringEnum } from './schema.ts';

export const API_VERSION = 'streamswarm.dev/v1alpha1';
export const STREAM_TEST_KIND = 'StreamTest';

// Keywords beyond JSON Schema: `format` names an entry of formats.ts; `x-default` is what the API server fills in
// (`default` would be filled in by serializers too); `x-kubernetes-*` is for the CRD.

const name = (description: string) =>
  Type.String({ minLength: 1, maxLength: 63, format: 'name', description });
const labelValue = Type.String({ maxLength: 63, format: 'label-value', description: 'Label value.' });

const LabelCondition = Type.Object(
  {
    key: Type.String({ minLength: 1, maxLength: 317, format: 'label-key', description: 'Label key.' }),
    operator: stringEnum(
      ['In', 'NotIn', 'Exists', 'DoesNotExist'],
      'How the label must stand to the values.',
    ),
    values: Type.Optional(
      Type.Array(labelValue, { maxItems: 32, description: 'Values for In and NotIn; none for the others.' }),
    ),
  },
  { ...closed, format: 'label-condition', description: 'One condition on a label.' },
);

const selector = (description: string) =>
  Type.Object(
    {
      matchLabels: Type.Optional(
        Type.Record(Type.String(), labelValue, {
          maxProperties: 16,
          description: 'Every label must have this value.',
        }),
      ),
      matchExpressions: Type.Optional(
        Type.Array(LabelCondition, { maxItems: 16, description: 'Every condition must hold.' }),
      ),
    },
    { ...closed, description, 'x-kubernetes-map-type': 'atomic' },
  );

export const LabelSelector = selector('Selects by label; {} selects all.');
export type LabelSelector = Static<typeof LabelSelector>;

export const Destination = Type.Object(
  {
    name: name('Identity of this destination: its series keep it over edits.'),
    host: Type.Optional(
      Type.String({ minLength: 1, maxLength: 253, format: 'host', description: 'A host, wherever it is.' }),
    ),
    url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_048,
        format: 'http-url',
        description: 'A web address: probes use its host and its port.',
      }),
    ),
    service: Type.Optional(
      Type.Object(
        {
          name: name('Name of the Service.'),
          namespace: Type.Optional(name('Its namespace. Absent: that of the test.')),
          port: Type.Optional(
            Type.Unsafe<number | string>({
              'x-kubernetes-int-or-string': true,
              anyOf: [{ type: 'integer' }, { type: 'string' }],
              format: 'service-port',
              minLength: 1,
              maxLength: 63,
              description: 'Its port. Absent: the first.',
            }),
          ),
        },
        { ...closed, description: 'A Service of the cluster.' },
      ),
    ),
    agents: Type.Optional(selector('Every agent with these labels, as far end (mesh); {} is all of them.')),
  },
  { ...closed, description: 'One destination, and what kind it is of.' },
);
export type Destination = Static<typeof Destination>;

const laterProbes = Object.fromEntries(
  LATER_PROBES.map((kind) => [
    kind,
    Type.Optional(
      Type.Unsafe<Readonly<Record<string, unknown>>>({
        type: 'object',
        'x-kubernetes-preserve-unknown-fields': true,
        description: `The ${kind} probe, of a later version.`,
      }),
    ),
  ]),
) as {
  [K in (typeof LATER_PROBES)[number]]: ReturnType<
    typeof Type.Optional<TUnsafe<Readonly<Record<string, unknown>>>>
  >;
};

const probeKinds = Object.fromEntries(
  Object.entries(PROBES).map(([kind, probe]) => [kind, Type.Optional(probe.options)]),
) as { [K in ProbeName]: ReturnType<typeof Type.Optional<(typeof PROBES)[K]['options']>> };

export const ProbeEntry = Type.Object(
  {
    name: Type.Optional(
      name('Identity of this probe in the test. Absent: its kind. Needed where a kind stands twice.'),
    ),
    destinations: Type.Optional(
      Type.Array(name('Name of a destination of this test.'), {
        minItems: 1,
        maxItems: 64,
        description: 'Only these destinations. Absent: all that the probe applies to.',
      }),
    ),
    ...probeKinds,
    ...laterProbes,
  },
  { ...closed, description: 'One probe and its options.' },
);
export type ProbeEntry = Static<typeof ProbeEntry>;

const Schedule = Type.Object(
  {
    startAt: Type.Optional(
      Type.String({
        maxLength: 40,
        format: 'rfc3339',
        description: 'Start of the only run.',
      }),
    ),
    cron: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        format: 'cron',
        description: 'Starts of many runs.',
      }),
    ),
    timeZone: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        format: 'time-zone',
        description: 'Time zone of cron. Absent: UTC.',
      }),
    ),
    concurrencyPolicy: Type.Optional(
      stringEnum(
        ['Forbid', 'Replace'],
        'What happens when a run is due while one is running. Absent: Forbid.',
      ),
    ),
    startingDeadline: Type.Optional(
      durationBetween('1s', '24h', 'A start missed by more than this is skipped. Absent: 5m.'),
    ),
  },
  { ...closed, description: 'When runs start. Absent: now, once.' },
);

const Sources = Type.Object(
  {
    nodeSelector: Type.Optional(selector('Nodes by label.')),
    nodes: Type.Optional(
      Type.Array(
        Type.String({ minLength: 1, maxLength: 253, format: 'node-name', description: 'Node name.' }),
        { minItems: 1, maxItems: 256, description: 'Nodes by name.', 'x-kubernetes-list-type': 'set' },
      ),
    ),
    agents: Type.Optional(selector('Agents by label, hosts outside the cluster too.')),
  },
  { ...closed, description: 'Who measures: the union of the three. Absent: every agent.' },
);
export type Sources = Static<typeof Sources>;

const quantity = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 16, format: 'quantity', description }));

export const Threshold = Type.Object(
  {
    name: Type.Optional(name('Identity of the limit.')),
    metric: Type.String({
      minLength: 3,
      maxLength: 100,
      description: 'Probe and metric, such as icmp.rtt_p95_seconds.',
    }),
    above: quantity(
      'Broken when larger: a number with its unit, such as 50ms, 1% or 100M; a count has none.',
    ),
    below: quantity(
      'Broken when smaller: a number with its unit, such as 50ms, 1% or 100M; a count has none.',
    ),
    for: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: 'Consecutive slots. Absent: 1.' }),
    ),
  },
  { ...closed, description: 'One limit: exactly one of above, below.' },
);

export const DEFAULT_INTERVAL = '5s';
/** What a test measures that names no probe. */
export const DEFAULT_PROBES: readonly ProbeEntry[] = [
  { icmp: {} },
  { dns: {} },
  { tcp: {} },
  { trace: {} },
  { host: {} },
];

export const StreamTestSpec = Type.Object(
  {
    description: Type.Optional(Type.String({ maxLength: 1_024, description: 'For people.' })),
    destinations: Type.Array(Destination, {
      minItems: 1,
      maxItems: 64,
      description: 'Where to measure to.',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
    }),
    probes: Type.Optional(
      Type.Array(ProbeEntry, {
        minItems: 1,
        maxItems: 24,
        description: 'What to measure.',
        'x-default': DEFAULT_PROBES,
      }),
    ),
    interval: Type.Optional(
      durationBetween('1s', '24h', 'How often data is collected.', { 'x-default': DEFAULT_INTERVAL }),
    ),
    duration: Type.Optional(
      durationBetween('1s', '8760h', 'How long a run lasts. Absent: until deleted or suspended.'),
    ),
    suspend: Type.Optional(
      Type.Boolean({ 'x-default': false, description: 'true: no run starts and the current one stops.' }),
    ),
    schedule: Type.Optional(Schedule),
    sources: Type.Optional(Sources),
    thresholds: Type.Optional(
      Type.Array(Threshold, { maxItems: 32, description: 'Limits whose breaking is a finding.' }),
    ),
    ttlAfterFinished: Type.Optional(
      durationBetween(
        '0s',
        '8760h',
        'The test is deleted this long after its run; its results stay. Absent: never. Not for GitOps, which would create it again for ever.',
      ),
    ),
  },
  { ...closed, description: 'What is wished.' },
);
export type StreamTestSpec = Static<typeof StreamTestSpec>;

export const StreamTest = Type.Object(
  {
    apiVersion: Type.Unsafe<typeof API_VERSION>({
      type: 'string',
      enum: [API_VERSION],
      description: 'Version of this shape.',
    }),
    kind: Type.Unsafe<typeof STREAM_TEST_KIND>({
      type: 'string',
      enum: [STREAM_TEST_KIND],
      description: 'StreamTest.',
    }),
    metadata: Type.Object(
      {
        name: name('Name of the test in its namespace.'),
        namespace: Type.Optional(name('Namespace. Absent: default.')),
        labels: Type.Optional(
          Type.Record(Type.String(), labelValue, {
            'x-keys': 'label-key',
            description: 'Labels of the test, as of every object of Kubernetes.',
          }),
        ),
        annotations: Type.Optional(
          Type.Record(Type.String(), Type.String({ description: 'A text.' }), {
            'x-keys': 'label-key',
            format: 'annotations',
            description: 'Notes on the test that nothing selects by.',
          }),
        ),
      },
      { ...closed, description: 'Name and namespace.' },
    ),
    spec: StreamTestSpec,
  },
  { ...closed, description: 'StreamTest measures the network from agents to destinations.' },
);
/** A manifest as a person writes it. */
export type StreamTest = Static<typeof StreamTest>;

/** Annotations that ask for something once; the value is any text that differs from the last one handled. */
export const RUN_NOW_ANNOTATION = 'streamswarm.dev/run-now';
export const STOP_NOW_ANNOTATION = 'streamswarm.dev/stop-now';

export const TEST_STATES = ['Pending', 'Scheduled', 'Running', 'Suspended', 'Complete', 'Failed'] as const;
export type TestState = (typeof TEST_STATES)[number];
