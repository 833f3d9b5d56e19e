import Type, { type Static } from 'typebox';
import { PROBES, type ProbeName } from '../probes/catalogue.ts';
import { durationBetween } from './quantities.ts';
import { closed, stringEnum } from './schema.ts';

export const API_VERSION = 'streamswarm.dev/v1alpha1';
export const STREAM_TEST_KIND = 'StreamTest';

const NAME_PATTERN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';
const name = (description: string) =>
  Type.String({ minLength: 1, maxLength: 63, pattern: NAME_PATTERN, description });

const selector = (description: string) =>
  Type.Object(
    {
      matchLabels: Type.Optional(
        Type.Record(
          Type.String({ maxLength: 317 }),
          Type.String({ maxLength: 63, description: 'Label value.' }),
          {
            maxProperties: 16,
            description: 'Every label must have this value.',
          },
        ),
      ),
      matchExpressions: Type.Optional(
        Type.Array(
          Type.Object(
            {
              key: Type.String({ minLength: 1, maxLength: 317, description: 'Label key.' }),
              operator: stringEnum(
                ['In', 'NotIn', 'Exists', 'DoesNotExist'],
                'How the label must stand to the values.',
              ),
              values: Type.Optional(
                Type.Array(Type.String({ maxLength: 63, description: 'Label value.' }), {
                  maxItems: 32,
                  description: 'Values for In and NotIn; none for the others.',
                }),
              ),
            },
            { ...closed, description: 'One condition on a label.' },
          ),
          { maxItems: 16, description: 'Every condition must hold.' },
        ),
      ),
    },
    { ...closed, description },
  );

export const LabelSelector = selector('Selects by label; {} selects all.');
export type LabelSelector = Static<typeof LabelSelector>;

export const Destination = Type.Object(
  {
    name: name('Identity of this destination: its series keep it over edits.'),
    host: Type.Optional(
      Type.String({ minLength: 1, maxLength: 253, format: 'host', description: 'Host name or IP address.' }),
    ),
    url: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2_048,
        format: 'http-url',
        description: 'Absolute http or https URL.',
      }),
    ),
    service: Type.Optional(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 63, description: 'Name of the Service.' }),
          namespace: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 63,
              description: 'Its namespace. Absent: that of the test.',
            }),
          ),
          port: Type.Optional(
            Type.Unsafe<number | string>({
              'x-kubernetes-int-or-string': true,
              anyOf: [{ type: 'integer' }, { type: 'string' }],
              description: 'Port number or name. Absent: the first port.',
            }),
          ),
        },
        { ...closed, description: 'A Service of the cluster.' },
      ),
    ),
    agents: Type.Optional(selector('Every agent with these labels, as far end (mesh); {} is all of them.')),
  },
  { ...closed, description: 'Exactly one of host, url, service, agents.' },
);
export type Destination = Static<typeof Destination>;

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
  },
  { ...closed, description: 'Exactly one kind of probe and its options; {} for the defaults.' },
);
export type ProbeEntry = Static<typeof ProbeEntry>;

const Schedule = Type.Object(
  {
    startAt: Type.Optional(
      Type.String({
        maxLength: 40,
        format: 'rfc3339',
        description: 'Start of the only run, RFC 3339 with a zone.',
      }),
    ),
    cron: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Five-field cron line, or @daily and the like.',
      }),
    ),
    timeZone: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'IANA time zone of cron. Absent: Etc/UTC.' }),
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
  { ...closed, description: 'When runs start: startAt for one run, cron for many. Absent: now.' },
);

const Sources = Type.Object(
  {
    nodeSelector: Type.Optional(selector('Nodes by label.')),
    nodes: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 253, description: 'Node name.' }), {
        maxItems: 256,
        description: 'Nodes by name.',
      }),
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
    above: quantity('Broken when larger: a number with its unit, such as 50ms, 1% or 100M.'),
    below: quantity('Broken when smaller: a number with its unit, such as 50ms, 1% or 100M.'),
    for: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, description: 'Consecutive slots. Absent: 1.' }),
    ),
  },
  { ...closed, description: 'One limit: exactly one of above, below.' },
);

export const StreamTestSpec = Type.Object(
  {
    description: Type.Optional(Type.String({ maxLength: 1_024, description: 'For people.' })),
    destinations: Type.Array(Destination, { minItems: 1, maxItems: 64, description: 'Where to measure to.' }),
    probes: Type.Optional(
      Type.Array(ProbeEntry, {
        minItems: 1,
        maxItems: 24,
        description: 'What to measure. Absent: icmp, tcp, host.',
      }),
    ),
    interval: Type.Optional(durationBetween('1s', '24h', 'How often data is collected. Absent: 5s.')),
    duration: Type.Optional(
      durationBetween('1s', '8760h', 'How long a run lasts. Absent: until deleted or suspended.'),
    ),
    suspend: Type.Optional(
      Type.Boolean({ description: 'true: no run starts and the current one stops. Absent: false.' }),
    ),
    schedule: Type.Optional(Schedule),
    sources: Type.Optional(Sources),
    thresholds: Type.Optional(
      Type.Array(Threshold, { maxItems: 32, description: 'Limits whose breaking is a finding.' }),
    ),
    ttlAfterFinished: Type.Optional(
      durationBetween('0s', '8760h', 'The test is deleted this long after its run; its results stay.'),
    ),
  },
  { ...closed, description: 'What is wished.' },
);
export type StreamTestSpec = Static<typeof StreamTestSpec>;

const notes = (description: string) =>
  Type.Record(Type.String(), Type.String({ maxLength: 4_096 }), { maxProperties: 32, description });

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
        labels: Type.Optional(notes('Labels of the test, as of every object of Kubernetes.')),
        annotations: Type.Optional(notes('Notes on the test that nothing selects by.')),
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
