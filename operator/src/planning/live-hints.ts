import { LIVE_ENTITIES, type LiveHint } from '@streamswarm/contract';

/** What a notification of the live channel says. */
export function readHints(payload: string): LiveHint[] {
  // An empty payload says that notifications were missed: everything may have changed.
  if (payload === '') return LIVE_ENTITIES.map((entity) => ({ entity, key: null }));
  return [JSON.parse(payload) as LiveHint];
}
