import { needsCluster, type StreamTest } from '@streamswarm/contract';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';

/** Refuses what only a cluster can answer where there is none. */
export function assertPossibleHere(
  { fleetInfo }: Pick<ApiServices, 'fleetInfo'>,
  { spec }: StreamTest,
): void {
  if (fleetInfo.kubernetes) return;
  const problems = needsCluster(spec);
  if (problems.length === 0) return;
  const detail = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ApiProblem('invalid-manifest', detail, { problems });
}
