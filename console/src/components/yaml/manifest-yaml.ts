import type { StreamTest } from '@streamswarm/contract/kinds/stream-test';
import { stringify } from 'yaml';

/** As people write a manifest; what is not named here follows in the order it came. */
const ORDER = [
  ['apiVersion', 'kind', 'metadata', 'spec'],
  ['name', 'namespace', 'labels', 'annotations'],
  [
    'description',
    'destinations',
    'probes',
    'interval',
    'duration',
    'suspend',
    'schedule',
    'sources',
    'thresholds',
  ],
].flat();

/** A manifest as YAML in the usual order: a store keeps the keys of an object in any. */
export function manifestYaml(manifest: StreamTest): string {
  return stringify(ordered(manifest), { lineWidth: 0 });
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const place = (key: string): number => {
    const i = ORDER.indexOf(key);
    return i < 0 ? ORDER.length : i;
  };
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => place(a) - place(b))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}
