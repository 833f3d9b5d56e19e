import {
  API_VERSION,
  STREAM_TEST_KIND,
  type StreamTest,
  type StreamTestSpec,
  type StreamTestStatus,
} from '@streamswarm/contract';
import type { KubeObject } from '../kube/objects.ts';
import type { StoredTest } from './stream-test-store.ts';

/** A StreamTest as the API server has it. */
export interface StreamTestObject extends KubeObject {
  readonly spec: StreamTestSpec;
  readonly status?: StreamTestStatus;
}

/** Written by kubectl; as long as the manifest itself, and of no use to anybody else. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest as a person would write it, without what the server adds. */
export function manifestOf({ metadata, spec }: StreamTestObject): StreamTest {
  const labels = metadata.labels ?? {};
  const annotations = annotationsOf(metadata);
  return {
    apiVersion: API_VERSION,
    kind: STREAM_TEST_KIND,
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace ?? 'default',
      ...(Object.keys(labels).length > 0 ? { labels: { ...labels } } : {}),
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    spec,
  };
}

export function annotationsOf(metadata: KubeObject['metadata']): Record<string, string> {
  const { [LAST_APPLIED]: _, ...rest } = metadata.annotations ?? {};
  return rest;
}

export function storedFromObject(object: StreamTestObject): StoredTest {
  const { metadata } = object;
  return {
    uid: metadata.uid,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    generation: metadata.generation ?? 1,
    resourceVersion: metadata.resourceVersion,
    manifest: manifestOf(object),
    createdMs: Date.parse(metadata.creationTimestamp ?? ''),
    deletedMs: null,
  };
}
