import { ODD_VALUES } from './odd-values.ts';

export interface OddManifest {
  readonly what: string;
  readonly manifest: object;
}

/** A good manifest for each odd value, with that value in it and nothing else changed. */
export function oddManifests(): OddManifest[] {
  return Object.entries(ODD_VALUES).flatMap(([path, values]) =>
    values.map((value) => {
      const [top = '', ...below] = path.split('.');
      const spec = placed(goodFor(path), [top, ...below], value);
      return { what: `spec.${path}: ${JSON.stringify(value)?.slice(0, 80)}`, manifest: streamTest(spec) };
    }),
  );
}

export function streamTest(spec: unknown): object {
  return {
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name: 'odd', namespace: 'manifests' },
    spec,
  };
}

/** A spec in which nothing but the field at `path` decides. */
function goodFor(path: string): Record<string, unknown> {
  const [top, , kind] = path.split('.');
  const spec: Record<string, unknown> = { destinations: [{ name: 'a', host: 'edge.example.net' }] };
  if (top === 'destinations' && kind !== 'name' && kind !== 'host') spec['destinations'] = [{ name: 'a' }];
  if (top === 'probes') spec['probes'] = [{ icmp: {} }];
  if (top === 'schedule') spec['schedule'] = path === 'schedule.startAt' ? {} : { cron: '@daily' };
  if (top === 'schedule' || top === 'ttlAfterFinished') spec['duration'] = '5m';
  if (path === 'duration') spec['interval'] = '5s';
  if (path === 'interval') spec['duration'] = '24h';
  if (top === 'sources') spec['sources'] = {};
  return spec;
}

function placed(target: unknown, [key = '', ...rest]: readonly string[], value: unknown): unknown {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(target)
    ? [...target]
    : { ...(target as object) };
  const at = copy as Record<string, unknown>;
  at[key] = rest.length === 0 ? value : placed(at[key] ?? {}, rest, value);
  return copy;
}
