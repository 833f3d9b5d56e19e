/** Something that happened, beside what was measured. Coincidence is not cause: it says when and what, never why. */
export interface Marker {
  readonly ms: number;
  readonly text: string;
  readonly bad: boolean;
}

export interface PlacedMarker extends Marker {
  readonly x: number;
  /** How many stand here. */
  readonly count: number;
}

const MERGE_PX = 40;
const LONGEST = 44;

/** Markers in px, in the order of time; those within 40 px become one with their count. */
export function placeMarkers(markers: readonly Marker[], atMs: (ms: number) => number): PlacedMarker[] {
  const placed: PlacedMarker[] = [];
  for (const marker of [...markers].sort((a, b) => a.ms - b.ms)) {
    const x = atMs(marker.ms);
    const last = placed.at(-1);
    if (last !== undefined && x - last.x < MERGE_PX) {
      const count = last.count + 1;
      placed[placed.length - 1] = { ...last, count, text: `${count} events`, bad: last.bad || marker.bad };
    } else {
      placed.push({ ...marker, text: shorten(marker.text), x, count: 1 });
    }
  }
  return placed;
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
