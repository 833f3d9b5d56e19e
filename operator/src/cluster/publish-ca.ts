import { OPERATOR_NAME } from '../controllers/operator-name.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { CONFIG_MAPS } from '../kube/objects.ts';

const NAME = 'streamswarm-ca';

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
    { fieldManager: OPERATOR_NAME, force: true },
  );
}
