import type { KubeClient } from '@streamswarm/operator/kube/kube-client';
import type { KubeObject, Resource } from '@streamswarm/operator/kube/objects';
import { waitUntil } from '../../support/wait-until.ts';

/** A small kind of our own, with a status. */
export const WIDGETS: Resource = {
  group: 'test.streamswarm.dev',
  version: 'v1',
  plural: 'widgets',
  kind: 'Widget',
  namespaced: true,
};

const CRDS: Resource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  plural: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  namespaced: false,
};

interface Crd extends KubeObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Resolves when the API server serves it. */
export async function installWidgets(client: KubeClient): Promise<void> {
  const { group, version, plural, kind } = WIDGETS;
  const name = `${plural}.${group}`;
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  await client.apply(
    CRDS,
    {
      metadata: { name },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural, singular: 'widget', kind },
        versions: [
          {
            name: version,
            served: true,
            storage: true,
            subresources: { status: {} },
            schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
          },
        ],
      },
    },
    { fieldManager: 'test' },
  );
  await waitUntil('the CRD is established', async () => {
    const crd = await client.get<Crd>(CRDS, { name });
    return crd?.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
  });
  await waitUntil('the kind is served', () => client.list(WIDGETS));
}
