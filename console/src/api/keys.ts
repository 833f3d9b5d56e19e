import type { LiveHint } from '@streamswarm/contract/wire/views';

/** First word of each query key, so that a hint finds what it makes old. */
export type Topic =
  | 'fleet'
  | 'agents'
  | 'tests'
  | 'test'
  | 'results'
  | 'phases'
  | 'machine'
  | 'traces'
  | 'accounting'
  | 'events'
  | 'findings';

/** Query keys are (topic, name of the test or null, parameters). */
export type QueryKey = readonly [Topic, string | null, ...unknown[]];

const TOPICS: Readonly<Record<LiveHint['entity'], readonly Topic[]>> = {
  tests: ['tests', 'test', 'fleet', 'accounting'],
  agents: ['agents', 'fleet'],
  results: ['results', 'accounting', 'fleet', 'tests', 'test'],
  // A limit that breaks or holds again is an event too.
  events: ['events', 'findings'],
};

/** Whether a hint makes the answer to a query old. */
export function concerns(hint: LiveHint, key: readonly unknown[]): boolean {
  const [topic, name] = key;
  if (!TOPICS[hint.entity].includes(topic as Topic)) return false;
  const ofTest = hint.entity !== 'agents' && hint.key !== null && name !== null;
  return !ofTest || hint.key === name;
}
