import type { NetworkPath, PathHop } from '@streamswarm/contract/wire/views';

type Stream = Pick<NetworkPath, 'agent' | 'destination'>;

const isSameStream = (a: Stream, b: Stream): boolean =>
  a.agent === b.agent && a.destination === b.destination;

/** Names of paths, each stream with its own A, B, C in the order in which they were first seen. */
export function pathNames(paths: readonly NetworkPath[]): Map<NetworkPath, string> {
  const names = new Map<NetworkPath, string>();
  const inOrder = [...paths].sort((a, b) => Date.parse(a.firstSeen) - Date.parse(b.firstSeen));
  for (const path of inOrder) {
    const before = [...names.keys()].filter((known) => isSameStream(known, path)).length;
    names.set(path, letters(before));
  }
  return names;
}

/** A to Z, then AA and on. */
export function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** The path of the same stream that was last seen before this one was; `paths` stand last seen first. */
export function pathBefore(paths: readonly NetworkPath[], path: NetworkPath): NetworkPath | null {
  return paths.slice(paths.indexOf(path) + 1).find((other) => isSameStream(other, path)) ?? null;
}

/** Whether this is how the stream goes now: nothing else of it was seen later. */
export function isLatest(paths: readonly NetworkPath[], path: NetworkPath): boolean {
  return paths.find((other) => isSameStream(other, path)) === path;
}

/**
 * TTL from which every hop that answers also loses: loss of the path. Null where none is: loss at one hop that those
 * behind it do not have is that router's thrift.
 */
export function lossBegins(hops: readonly PathHop[]): number | null {
  let begins: number | null = null;
  for (const { ttl, address, lost } of [...hops].reverse()) {
    if (address === null) continue;
    if (lost === 0) return begins;
    begins = ttl;
  }
  return begins;
}
