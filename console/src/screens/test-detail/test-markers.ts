'use client';

import type { EventView } from '@streamswarm/contract/wire/views';
import { type TestName, useTestEvents } from '../../api/queries.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { useRange } from '../../url/use-query-state.ts';

/** So many of the newest in the time shown; markers near each other become one with their count. */
const EVENTS = 200;

/** What happened in the time shown, the same in all charts of the screen. */
export function useMarkers(name: TestName): readonly Marker[] {
  return markersOf(useTestEvents(EVENTS, name, useRange()).data?.items ?? []);
}

/** Runs, edits, paths, and agents coming and going; warnings are red. */
function markersOf(events: readonly EventView[]): Marker[] {
  return events.map(({ at, agent, message, warning }) => ({
    ms: Date.parse(at),
    // Most messages about an agent name it already.
    text: agent === null || message.includes(agent) ? message : `${agent} ${message}`,
    bad: warning,
  }));
}
