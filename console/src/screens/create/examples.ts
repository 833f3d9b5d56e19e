export interface Example {
  readonly title: string;
  /** Where it can be created; it must be right there before a word is changed. */
  readonly where: 'cluster' | 'host' | 'both';
  readonly yaml: string;
}

const head = (name: string): string => `apiVersion: streamswarm.dev/v1alpha1
kind: StreamTest
metadata:
  name: ${name}
  namespace: default
spec:
`;

const EXAMPLES: readonly Example[] = [
  {
    title: 'This host',
    where: 'host',
    yaml: `${head('my-test')}  destinations:
    - name: this-host
      host: 127.0.0.1
  probes:
    - icmp: {}
    - host: {}
  interval: 5s
`,
  },
  {
    title: 'Every node to every node',
    where: 'cluster',
    yaml: `${head('nodes')}  destinations:
    # Every agent to every agent that the labels match; none given: to all.
    - name: nodes
      agents: {}
  probes:
    - icmp: {}
    - host: {}
  interval: 5s
`,
  },
  {
    title: 'A Service',
    where: 'cluster',
    yaml: `${head('api-server')}  destinations:
    - name: api-server
      service:
        name: kubernetes
        namespace: default
        port: https
  probes:
    - tcp: {}
  interval: 5s
  # Which nodes measure; absent: every agent.
  sources:
    nodeSelector:
      matchLabels:
        kubernetes.io/os: linux
`,
  },
  {
    title: 'A URL',
    where: 'both',
    yaml: `${head('web')}  destinations:
    - name: site
      url: https://shop.example.net/health
  probes:
    - icmp: {}
    - tcp: {}
  interval: 10s
`,
  },
  {
    title: 'Agent to agent',
    where: 'host',
    yaml: `${head('agents')}  destinations:
    # Every agent to every agent that the labels match; none given: to all.
    - name: agents
      agents: {}
  probes:
    - icmp: {}
  interval: 5s
`,
  },
  {
    title: 'Every night',
    where: 'both',
    yaml: `${head('nightly')}  destinations:
    - name: site
      url: https://shop.example.net/health
  probes:
    - tcp: {}
  interval: 1s
  duration: 10m
  schedule:
    cron: "0 2 * * *"
    timeZone: Europe/Berlin
`,
  },
];

/** The examples that can be created here; the first is what a new test begins with. */
export function examplesFor(kubernetes: boolean): readonly Example[] {
  return EXAMPLES.filter(({ where }) => where === 'both' || where === (kubernetes ? 'cluster' : 'host'));
}

/** Whether a text is an example as it stands, so that another may take its place. */
export function isExample(text: string): boolean {
  return EXAMPLES.some(({ yaml }) => yaml === text);
}
