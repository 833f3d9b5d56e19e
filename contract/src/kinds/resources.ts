/** How the kinds appear in an API server: names, columns of `kubectl get`, fields that a watch can select by. */

export const API_GROUP = 'streamswarm.dev';
export const API_VERSION_NAME = 'v1alpha1';

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date';
  /** JSONPath below the object. */
  readonly jsonPath: string;
  readonly description: string;
  /** Only with `-o wide`. */
  readonly wide?: boolean;
}

export interface Resource {
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortName: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** JSONPaths below the object. */
  readonly selectableFields: readonly string[];
  readonly columns: readonly Column[];
}

export const STREAM_TESTS: Resource = {
  kind: 'StreamTest',
  plural: 'streamtests',
  singular: 'streamtest',
  shortName: 'stt',
  scope: 'Namespaced',
  selectableFields: ['.status.state', '.spec.suspend'],
  columns: [
    { name: 'State', type: 'string', jsonPath: '.status.state', description: 'What it is doing.' },
    { name: 'Interval', type: 'string', jsonPath: '.spec.interval', description: 'How often it measures.' },
    {
      name: 'Progress',
      type: 'string',
      jsonPath: '.status.summary.progress',
      description: 'Time run of the duration.',
    },
    {
      name: 'Agents',
      type: 'string',
      jsonPath: '.status.summary.agents',
      description: 'Agents reporting of those assigned.',
    },
    { name: 'Loss', type: 'string', jsonPath: '.status.summary.loss', description: 'Loss over the run.' },
    {
      name: 'P95',
      type: 'string',
      jsonPath: '.status.summary.p95',
      description: '95th percentile of the round trip over the run.',
    },
    {
      name: 'Last',
      type: 'date',
      jsonPath: '.status.lastResultTime',
      description: 'Time since the newest result.',
    },
    {
      name: 'Age',
      type: 'date',
      jsonPath: '.metadata.creationTimestamp',
      description: 'Time since it was created.',
    },
    {
      name: 'Reason',
      type: 'string',
      jsonPath: ".status.conditions[?(@.type=='Ready')].reason",
      description: 'Reason of the condition Ready.',
      wide: true,
    },
    {
      // A date column counts back from now: a time to come would print <invalid>.
      name: 'Next',
      type: 'string',
      jsonPath: '.status.nextRunTime',
      description: 'When the next run is due.',
      wide: true,
    },
  ],
};

export const STREAM_AGENTS: Resource = {
  kind: 'StreamAgent',
  plural: 'streamagents',
  singular: 'streamagent',
  shortName: 'sta',
  scope: 'Cluster',
  selectableFields: ['.spec.nodeName', '.spec.kind'],
  columns: [
    { name: 'Kind', type: 'string', jsonPath: '.spec.kind', description: 'Node or Host.' },
    { name: 'Node', type: 'string', jsonPath: '.spec.nodeName', description: 'Node it runs on.' },
    { name: 'Version', type: 'string', jsonPath: '.status.version', description: 'Version of the agent.' },
    {
      name: 'Online',
      type: 'string',
      jsonPath: ".status.conditions[?(@.type=='Online')].status",
      description: 'Whether it has an open session.',
    },
    { name: 'Tests', type: 'integer', jsonPath: '.status.tests', description: 'Tests it measures for.' },
    {
      name: 'Last',
      type: 'date',
      jsonPath: '.status.lastSeenTime',
      description: 'Time since it was last heard of.',
    },
    {
      name: 'Age',
      type: 'date',
      jsonPath: '.metadata.creationTimestamp',
      description: 'Time since it was created.',
    },
  ],
};
