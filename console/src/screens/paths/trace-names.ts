import type { TracePoint } from '@streamswarm/contract/wire/traces';
import { letters } from '../test-detail/paths/compare-paths.ts';

/** How a path is called and drawn among those of a time. */
export interface PathName {
  /** A, B, C in the order in which they were first seen. */
  readonly name: string;
  /** Its class on the ramp; apart from each other, and all with text that can be read on them. */
  readonly tone: (typeof TONES)[number];
}

/** Three that nobody mixes up, and what lies between them for more paths. */
const FAR = [2, 5, 7] as const;
const TONES = [...FAR, 3, 6] as const;

/** Names by path hash. The hash chooses the colour, so that a path keeps it while others come and go. */
export function traceNames(traces: readonly Pick<TracePoint, 'hash'>[]): Map<string, PathName> {
  const names = new Map<string, PathName>();
  for (const { hash } of traces) {
    if (hash === null || names.has(hash)) continue;
    names.set(hash, { name: letters(names.size), tone: freeTone(hash, [...names.values()]) });
  }
  return names;
}

function freeTone(hash: string, taken: readonly PathName[]): PathName['tone'] {
  const number = Number.parseInt(hash.slice(0, 8), 16);
  const wanted = number % FAR.length;
  const inOrder = [...FAR.slice(wanted), ...FAR.slice(0, wanted), ...TONES.slice(FAR.length)];
  const free = inOrder.find((tone) => taken.every((other) => other.tone !== tone));
  return free ?? TONES[number % TONES.length] ?? FAR[0];
}
