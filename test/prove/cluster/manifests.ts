import type { StreamTestSpec } from '@streamswarm/contract';
import { stringify } from 'yaml';

/** A StreamTest as kubectl takes it. */
export function manifest(name: string, spec: StreamTestSpec): string {
  return stringify({
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name, namespace: 'default' },
    spec,
  });
}
