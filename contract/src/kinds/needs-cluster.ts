import type { Problem } from './problem.ts';
import { at } from './rule.ts';
import type { StreamTestSpec } from './stream-test.ts';

/** What of a test only a cluster can answer, for an operator that runs without one. */
export function needsCluster(spec: StreamTestSpec): Problem[] {
  const said = (paths: readonly string[], message: string): Problem[] =>
    paths.map((path) => ({ path: `spec.${path}`, message, rule: 'needs-cluster' }));
  return [
    ...said(
      spec.destinations.flatMap((d, i) => at(`destinations[${i}].service`, d.service !== undefined)),
      'destinations of kind service need a cluster, and this operator runs without one: use host or url',
    ),
    ...said(
      [
        ...at('sources.nodeSelector', spec.sources?.nodeSelector !== undefined),
        ...at('sources.nodes', spec.sources?.nodes !== undefined),
      ],
      'choosing nodes needs a cluster, and this operator runs without one: use sources.agents',
    ),
  ];
}
