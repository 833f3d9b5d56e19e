import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { becomeReady, type LabProcess, startLabProcess } from '../lab-process.ts';
import type { LabRecord } from '../ownership/lab-record.ts';
import { labPort } from './lab-port.ts';
import { writeServiceAccountKey } from './service-account-key.ts';
import type { Tokens } from './users.ts';

export interface ApiServer {
  readonly url: string;
  /** Its own certificate and the authority that signed it, in one file. */
  readonly caFile: string;
  readonly auditLogPath: string;
  readonly serviceAccountKeyFile: string;
  readonly process: LabProcess;
  /** On the same port with the same certificate and keys; resolves when it is ready. */
  start(): Promise<void>;
}

export interface ApiServerOptions {
  readonly record: LabRecord;
  readonly etcdUrl: string;
  readonly tokens: Tokens;
  readonly bindAddress: string;
  readonly serviceRange: string;
  /** Client certificate by which it calls kubelets; absent where there are none. */
  readonly kubeletClient?: { readonly certFile: string; readonly keyFile: string };
}

/** Everything but the noise of a request's arrival; which RBAC rule let it in stands in the annotations. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

export async function startApiServer(binary: string, options: ApiServerOptions): Promise<ApiServer> {
  const { record, tokens, bindAddress } = options;
  const dir = join(record.dir, 'apiserver');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(dir, name);
  writeFileSync(file('tokens.csv'), tokens.csv(), { mode: 0o600 });
  writeFileSync(file('audit-policy.json'), JSON.stringify(AUDIT_POLICY));
  const serviceAccountKeyFile = writeServiceAccountKey(file('service-account.key'));
  const port = await labPort(bindAddress);
  const url = `https://${bindAddress}:${port}`;
  const caFile = file('apiserver.crt');
  const auditLogPath = file('audit.log');
  const words = [binary, ...flags({ ...options, dir, port, auditLogPath, serviceAccountKeyFile })];
  let server: LabProcess;
  const start = async (): Promise<void> => {
    server = startLabProcess('kube-apiserver', words, {
      record,
      logFile: join(record.dir, 'kube-apiserver.log'),
    });
    await becomeReady(server, () => isReady(url, { caFile, token: tokens.of('admin') }));
  };
  await start();
  return {
    url,
    caFile,
    auditLogPath,
    serviceAccountKeyFile,
    get process() {
      return server;
    },
    start,
  };
}

interface FlagValues extends ApiServerOptions {
  readonly dir: string;
  readonly port: number;
  readonly auditLogPath: string;
  readonly serviceAccountKeyFile: string;
}

function flags(values: FlagValues): string[] {
  const { dir, port, bindAddress, kubeletClient, serviceAccountKeyFile } = values;
  return [
    `--etcd-servers=${values.etcdUrl}`,
    `--bind-address=${bindAddress}`,
    `--advertise-address=${bindAddress}`,
    `--secure-port=${port}`,
    // It makes its own certificate there, for the advertised address, and finds it again after a restart.
    `--cert-dir=${dir}`,
    `--token-auth-file=${join(dir, 'tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    `--service-cluster-ip-range=${values.serviceRange}`,
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${serviceAccountKeyFile}`,
    `--service-account-signing-key-file=${serviceAccountKeyFile}`,
    // Nodes have no name that could be resolved: exec and logs need the address.
    '--kubelet-preferred-address-types=InternalIP',
    ...(kubeletClient === undefined
      ? []
      : [
          `--kubelet-client-certificate=${kubeletClient.certFile}`,
          `--kubelet-client-key=${kubeletClient.keyFile}`,
        ]),
    // A loopback address is refused as an endpoint of the Service "kubernetes".
    ...(bindAddress.startsWith('127.') ? ['--endpoint-reconciler-type=none'] : []),
    `--audit-log-path=${values.auditLogPath}`,
    `--audit-policy-file=${join(dir, 'audit-policy.json')}`,
    '--allow-privileged=true',
    '--profiling=false',
  ];
}

/** Ready, and the namespace "default" is there. */
async function isReady(url: string, { caFile, token }: { caFile: string; token: string }): Promise<boolean> {
  const agent = new Agent({ ca: readFileSync(caFile) });
  try {
    const ready = await status(`${url}/readyz`, { agent, token });
    return ready === 200 && (await status(`${url}/api/v1/namespaces/default`, { agent, token })) === 200;
  } finally {
    agent.destroy();
  }
}

function status(url: string, { agent, token }: { agent: Agent; token: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { agent, headers: { authorization: `Bearer ${token}` }, timeout: 5_000 },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    call.once('timeout', () => call.destroy(new Error(`${url} does not answer`)));
    call.once('error', reject);
    call.end();
  });
}
