import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { NODES } from '@streamswarm/operator/kube/objects';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { needsLinux, needsRoot } from '../../support/needs.ts';
import { runCommand } from '../../support/net/run-command.ts';

const PROGRAM = fileURLToPath(new URL('../../support/kube-faults/pod-program.ts', import.meta.url));
const FOLDER = '/run/secrets/kubernetes.io/serviceaccount';

test('in a pod the service account is used, and its token is read again when it has rotated', async (t) => {
  if (!needsControlPlane(t) || !needsRoot(t) || !needsLinux(t)) return;
  const plane = await startControlPlane();
  t.after(() => plane.stop());
  const { hostname, port } = new URL(plane.url);
  const mounts = `mount -t tmpfs none /run && mkdir -p ${FOLDER} && exec "$@"`;
  const program = [process.execPath, PROGRAM, plane.caFile, 'expired', plane.adminToken, plane.adminToken];
  const place = [`KUBERNETES_SERVICE_HOST=${hostname}`, `KUBERNETES_SERVICE_PORT=${port}`];
  const said = runCommand('env', ...place, 'unshare', '-m', 'sh', '-c', mounts, 'sh', ...program);
  assert.deepEqual(said.trim().split('\n'), ['401', 'ok', 'ok']);
});

test('outside of a pod it says what to do', async () => {
  const client = openKubeClient({ kubeconfigPath: null, logger: pino({ level: 'silent' }) });
  await assert.rejects(client.list(NODES), /KUBERNETES_SERVICE_HOST is not set.*kubeconfig/);
  await client.close();
});
