import { StreamTest } from './stream-test.ts';

/** Fields of metadata that an API server writes (apimachinery, ObjectMeta). */
const WRITTEN_BY_SERVER: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'finalizers',
  'generateName',
  'generation',
  'managedFields',
  'ownerReferences',
  'resourceVersion',
  'selfLink',
  'uid',
]);
/** What `kubectl apply` leaves behind for itself: the whole manifest once more. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/**
 * A copy of a manifest without status, without what the API server and kubectl have put into metadata, and without
 * null where the schema has a field: `interval:` with nothing behind it is as good as no interval, there and here.
 */
export function cleanManifest(manifest: object): Record<string, unknown> {
  const { status: _, ...rest } = withoutNulls(manifest, StreamTest as SchemaNode) as Record<string, unknown>;
  const { metadata } = rest;
  if (!isMapping(metadata)) return rest;
  const kept = Object.entries(metadata).filter(([key]) => !WRITTEN_BY_SERVER.has(key));
  return { ...rest, metadata: withoutLastApplied(Object.fromEntries(kept)) };
}

function withoutLastApplied(metadata: Record<string, unknown>): Record<string, unknown> {
  const { annotations, ...rest } = metadata;
  if (!isMapping(annotations) || !(LAST_APPLIED in annotations)) return metadata;
  const { [LAST_APPLIED]: _, ...others } = annotations;
  return Object.keys(others).length === 0 ? rest : { ...rest, annotations: others };
}

function withoutNulls(value: unknown, schema: SchemaNode | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, schema?.items));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, child]) => child !== null || schema?.properties?.[key] === undefined)
      .map(([key, child]) => [key, withoutNulls(child, schema?.properties?.[key])]),
  );
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
