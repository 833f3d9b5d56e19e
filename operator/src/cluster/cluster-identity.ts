import type { KubeClient } from '../kube/kube-client.ts';
import { NAMESPACES } from '../kube/objects.ts';

/** The UID of kube-system: it names a cluster for good (as conformance tests and cluster-ids elsewhere use it). */
export async function clusterIdentity(kube: KubeClient): Promise<string> {
  const namespace = await kube.get(NAMESPACES, { name: 'kube-system' });
  if (namespace === null) throw new Error('this cluster has no namespace kube-system: is it Kubernetes?');
  return namespace.metadata.uid;
}
