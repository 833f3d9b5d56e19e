import type { NetworkPath, PairView } from '@streamswarm/contract/wire/views';

/** Who traces, and whereto; in a mesh the destination is `name/far agent`. */
export interface Stream {
  readonly agent: string;
  readonly destination: string;
}

/** What a test traces, as far as it is known. */
export interface Known {
  /** Names of the agents of the test. */
  readonly agents: readonly string[];
  readonly pairs: readonly PairView[];
  readonly probe: string;
  /** Paths of all of its streams, last seen first; none where they need not be known. */
  readonly paths: readonly NetworkPath[];
}

interface Asked {
  readonly agent: string | null;
  readonly destination: string | null;
}

/** What an address asks for; where it leaves that open, the stream whose path changed last. Null: there is none. */
export function chooseStream(asked: Asked, known: Known): Stream | null {
  const fits = ({ agent, destination }: Stream): boolean =>
    (asked.agent ?? agent) === agent && (asked.destination ?? destination) === destination;
  const seen = changedLast(known.paths.filter(fits)) ?? known.paths.find(fits);
  const agent = asked.agent ?? seen?.agent ?? known.agents[0];
  if (agent === undefined) return null;
  const destination = asked.destination ?? seen?.destination ?? destinationsFrom(agent, known)[0];
  return destination === undefined ? null : { agent, destination };
}

/** Everything that an agent traces to: of a mesh, each other agent. */
export function destinationsFrom(agent: string, { agents, pairs, probe }: Omit<Known, 'paths'>): string[] {
  return pairs.flatMap(({ applies, destination, destinationKind, probe: of }) => {
    if (!applies || destination === null || of !== probe) return [];
    if (destinationKind !== 'agents') return [destination];
    return agents.filter((far) => far !== agent).map((far) => `${destination}/${far}`);
  });
}

/** The newest path of the stream that was last seen to go a way that it had not gone before. */
function changedLast(paths: readonly NetworkPath[]): Stream | undefined {
  const several = paths.filter((path) =>
    paths.some(
      (other) => other !== path && other.agent === path.agent && other.destination === path.destination,
    ),
  );
  return several.toSorted((a, b) => Date.parse(b.firstSeen) - Date.parse(a.firstSeen))[0];
}
