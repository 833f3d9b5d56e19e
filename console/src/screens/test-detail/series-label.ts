import type { Series } from '@streamswarm/contract/wire/views';
import type { ViewChoice } from './view-choice.ts';

type Named = Pick<Series, 'agent' | 'destination'>;

/**
 * What a small chart is called. A pair of a mesh comes as agent and `destination/far agent`: the destination is
 * left out where it is the `only` one looked at, the agent where all start there.
 */
export function seriesLabel(
  { agent, destination }: Named,
  { apart, from }: Pick<ViewChoice, 'apart' | 'from'>,
  only: string | null,
): string {
  if (apart === 'agent') return agent ?? '';
  if (apart === 'destination') return destination ?? '';
  const far =
    only !== null && destination?.startsWith(`${only}/`) ? destination.slice(only.length + 1) : destination;
  return from === null ? `${agent} → ${far}` : `→ ${far}`;
}
