import { readFileSync, writeFileSync } from 'node:fs';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { KubeError } from '@streamswarm/operator/kube/kube-error';
import { NODES } from '@streamswarm/operator/kube/objects';
import { pino } from 'pino';

// A program of its own, run in a mount namespace with an empty /run, as a pod sees its service account. For each
// token given it says how a request with it ended.
const FOLDER = '/run/secrets/kubernetes.io/serviceaccount';
const [caFile = '', ...tokens] = process.argv.slice(2);
writeFileSync(`${FOLDER}/ca.crt`, readFileSync(caFile));
const client = openKubeClient({ kubeconfigPath: null, logger: pino({ level: 'silent' }) });
for (const token of tokens) {
  writeFileSync(`${FOLDER}/token`, token);
  const outcome = await client.list(NODES).then(
    () => 'ok',
    (error: unknown) => (error instanceof KubeError ? error.status : String(error)),
  );
  process.stdout.write(`${outcome}\n`);
}
await client.close();
