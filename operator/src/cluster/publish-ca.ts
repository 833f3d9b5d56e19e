import type { KubeClient } from '../kube/kube-client.ts';
import { CONFIG_MAPS } from '../kube/objects.ts';

const NAME = 'streamswarm-ca';
const FIELD_MANAGER = 'streamswarm-operator';

/** Puts the certificate of the operator's CA where agent pods mount it from. */
export async function publishCa(kube: KubeClient, namespace: string, caPem: string): Promise<void> {
  const metadata = {
    name: NAME,
    namespace,
    labels: { 'app.kubernetes.io/name': 'streamswarm', 'app.kubernetes.io/component': 'operator' },
  };
  await kube.apply(
    CONFIG_MAPS,
    { metadata, data: { 'ca.crt': caPem } },
    { fieldManager: FIELD_MANAGER, force: true },
  );
}
