import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { NODES, PODS, type Resource } from '@streamswarm/operator/kube/objects';
import { reviewToken } from '@streamswarm/operator/kube/review-token';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { waitUntil } from '../../support/wait-until.ts';

const SERVICE_ACCOUNTS: Resource = {
  group: '',
  version: 'v1',
  plural: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};
const AUDIENCE = 'streamswarm';
const namespace = 'default';

test('a token of a pod tells its pod and its node, for its audience, as long as the pod is there', async (t) => {
  if (!needsControlPlane(t)) return;
  const plane = await startControlPlane();
  const client = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger: pino({ level: 'silent' }) });
  t.after(async () => {
    await client.close();
    await plane.stop();
  });
  const node = await client.create(NODES, { metadata: { name: 'node-1' } });
  await client.create(SERVICE_ACCOUNTS, { metadata: { namespace, name: 'agent' } });
  const pod = await client.create(PODS, {
    metadata: { namespace, name: 'agent-x' },
    spec: {
      nodeName: 'node-1',
      serviceAccountName: 'agent',
      automountServiceAccountToken: false,
      containers: [{ name: 'agent', image: 'none' }],
    },
  });
  const tokenFor = async (boundObjectRef?: object): Promise<string> => {
    const answer = await client.request({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/agent/token`,
      body: {
        spec: { audiences: [AUDIENCE], expirationSeconds: 600, ...(boundObjectRef && { boundObjectRef }) },
      },
    });
    const { status } = answer as { status: { token: string } };
    return status.token;
  };
  const token = await tokenFor({ kind: 'Pod', apiVersion: 'v1', name: 'agent-x', uid: pod.metadata.uid });
  const account = {
    username: 'system:serviceaccount:default:agent',
    audiences: [AUDIENCE],
    namespace,
    serviceAccount: 'agent',
  };

  assert.deepEqual(await reviewToken(client, token, AUDIENCE), {
    ...account,
    nodeName: 'node-1',
    nodeUid: node.metadata.uid,
    podName: 'agent-x',
    podUid: pod.metadata.uid,
  });
  assert.deepEqual(await reviewToken(client, await tokenFor(), AUDIENCE), {
    ...account,
    nodeName: null,
    nodeUid: null,
    podName: null,
    podUid: null,
  });
  assert.equal(await reviewToken(client, token, 'another-audience'), null);
  assert.equal(await reviewToken(client, 'nonsense', AUDIENCE), null);
  assert.equal(await reviewToken(client, plane.adminToken, AUDIENCE), null, 'a token of no audience is none');

  await client.request({
    method: 'DELETE',
    path: `/api/v1/namespaces/${namespace}/pods/agent-x`,
    body: { gracePeriodSeconds: 0 },
  });
  // The API server remembers a yes for 10 s.
  await waitUntil('the token is void', async () => (await reviewToken(client, token, AUDIENCE)) === null);
});
