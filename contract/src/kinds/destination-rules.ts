import { at, type Rule, repeated } from './rule.ts';

const KINDS = ['host', 'url', 'service', 'agents'] as const;

export const DESTINATION_RULES: readonly Rule[] = [
  {
    name: 'one-destination-kind',
    message: 'set exactly one of host, url, service, agents',
    where: 'destinations[]',
    cel: { rule: `[${KINDS.map((kind) => `has(self.${kind})`).join(', ')}].filter(x, x).size() == 1` },
    check: (spec) =>
      spec.destinations.flatMap((destination, i) =>
        at(`destinations[${i}]`, KINDS.filter((kind) => destination[kind] !== undefined).length !== 1),
      ),
  },
  {
    name: 'destination-names',
    message: 'each destination needs a name of its own',
    where: 'destinations',
    cel: null,
    check: (spec) =>
      repeated(spec.destinations.map((destination) => destination.name)).map(
        (i) => `destinations[${i}].name`,
      ),
  },
  {
    name: 'sources-chosen',
    message:
      'set at least one of nodeSelector, nodes, agents, or leave sources out: then every agent measures',
    where: 'sources',
    cel: { rule: 'has(self.nodeSelector) || has(self.nodes) || has(self.agents)' },
    check: ({ sources }) =>
      at(
        'sources',
        sources !== undefined &&
          sources.nodeSelector === undefined &&
          sources.nodes === undefined &&
          sources.agents === undefined,
      ),
  },
  {
    name: 'nodes-once',
    message: 'each node stands here once',
    where: 'sources.nodes',
    cel: null,
    check: (spec) => repeated(spec.sources?.nodes ?? []).map((i) => `sources.nodes[${i}]`),
  },
];
