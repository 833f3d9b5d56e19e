import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiServer, startApiServer } from './control-plane/api-server.ts';
import { startControllerManager, startScheduler } from './control-plane/controllers.ts';
import { type Etcd, startEtcd } from './control-plane/etcd.ts';
import { writeKubeconfig } from './control-plane/kubeconfig.ts';
import { type LabUser, STANDARD_USERS, Tokens } from './control-plane/users.ts';
import { narrate } from './narrate.ts';
import { startKeeper } from './ownership/keeper.ts';
import { LabRecord } from './ownership/lab-record.ts';
import { identityOf } from './ownership/process-identity.ts';
import { removeLab } from './ownership/remove-lab.ts';
import { sweepDeadLabs } from './ownership/sweep-labs.ts';
import { type ProgramResult, runProgram } from './run-program.ts';
import { ensureTools } from './tools.ts';

export interface ControlPlaneOptions {
  /** Folder of its files and logs, which then stays after stop(); else a temporary one that goes. */
  readonly dir?: string;
  /** Default 127.0.0.1. Nodes need an address of 198.18.0.0/15 that this machine has. */
  readonly bindAddress?: string;
  /** Range of ClusterIPs. */
  readonly serviceRange?: string;
  /** Runs kube-controller-manager too: service accounts, garbage collection, DaemonSets. */
  readonly controllerManager?: boolean;
  readonly scheduler?: boolean;
  /** Client certificate by which the API server calls kubelets. */
  readonly kubeletClient?: { readonly certFile: string; readonly keyFile: string };
  /** More people whom the API server knows by tokenOf(name), beside `admin` and `nobody`. */
  readonly users?: readonly LabUser[];
}

export interface ControlPlaneFaults {
  /** kill -9 */
  killApiServer(): Promise<void>;
  /** On the same address with the same keys; resolves when it is ready. */
  startApiServer(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers. */
  freezeApiServer(): Promise<void>;
  thawApiServer(): Promise<void>;
  freezeEtcd(): Promise<void>;
  thawEtcd(): Promise<void>;
  /** Every older resourceVersion is answered with 410 Gone from now on. */
  compactAndRestart(): Promise<void>;
}

/** A real API server (and more where asked for) with its own etcd. */
export interface ControlPlane {
  /** Folder of its files and logs. */
  readonly dir: string;
  /** Of the admin. */
  readonly kubeconfigPath: string;
  readonly url: string;
  readonly caFile: string;
  readonly adminToken: string;
  /** The bearer token of a user: `admin`, `nobody`, one of `users`, `system:node:node-1`. */
  tokenOf(user: string): string;
  /** A kubeconfig of any user of tokenOf. Returns its path. */
  kubeconfigOf(user: string): string;
  /** Runs kubectl as the admin; a failure is a value. */
  kubectl(args: readonly string[], options?: { input?: string; timeoutMs?: number }): Promise<ProgramResult>;
  readonly faults: ControlPlaneFaults;
  /** One JSON object a line, level Metadata, with the RBAC rule that let each request in. */
  readonly auditLogPath: string;
  /** Ends all of it; nothing is left. The same happens when this process ends without a stop. */
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const SERVICE_RANGE = '198.19.255.0/24';

export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  await sweepDeadLabs();
  if (options.dir !== undefined) mkdirSync(options.dir, { recursive: true, mode: 0o700 });
  const record = new LabRecord({ kind: 'process', ...identityOf(process.pid) }, options.dir);
  const keeper = startKeeper(record.dir);
  const end = async (): Promise<void> => {
    await removeLab(record.dir);
    await keeper.dismiss();
  };
  try {
    const plane = await narrate('starting the control plane', () => runControlPlane(record, options));
    return { ...plane, stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Within a record that someone else owns and removes. */
export async function runControlPlane(
  record: LabRecord,
  { bindAddress = LOOPBACK, serviceRange = SERVICE_RANGE, users = [], ...options }: ControlPlaneOptions,
): Promise<Omit<ControlPlane, 'stop'>> {
  const { controllerManager = false, scheduler = false, kubeletClient } = options;
  const tools = await ensureTools(['etcd', 'kube-apiserver', 'kubectl']);
  const tokens = new Tokens([...STANDARD_USERS, ...users]);
  const etcd = await startEtcd(tools.etcd, record);
  const apiServer = await startApiServer(tools['kube-apiserver'], {
    record,
    etcdUrl: etcd.url,
    tokens,
    bindAddress,
    serviceRange,
    ...(kubeletClient === undefined ? {} : { kubeletClient }),
  });
  const { url, caFile, auditLogPath } = apiServer;
  const kubeconfigOf = (user: string): string =>
    writeKubeconfig(join(record.dir, `${user.replaceAll(':', '-')}.kubeconfig`), {
      url,
      caFile,
      user,
      token: tokens.of(user),
    });
  const kubeconfigPath = kubeconfigOf('admin');
  const kubectl: ControlPlane['kubectl'] = (args, given = {}) =>
    runProgram(tools.kubectl, [`--kubeconfig=${kubeconfigPath}`, ...args], given);
  const parts = { record, kubeconfigOf, apiServer };
  if (controllerManager) await startControllerManager(parts);
  if (scheduler) await startScheduler(parts);
  return {
    dir: record.dir,
    kubeconfigPath,
    url,
    caFile,
    adminToken: tokens.of('admin'),
    tokenOf: (user) => tokens.of(user),
    kubeconfigOf,
    kubectl,
    faults: faultsOf(etcd, apiServer),
    auditLogPath,
  };
}

function faultsOf(etcd: Etcd, apiServer: ApiServer): ControlPlaneFaults {
  return {
    killApiServer: () => apiServer.process.signal('SIGKILL'),
    startApiServer: () => apiServer.start(),
    freezeApiServer: () => apiServer.process.signal('SIGSTOP'),
    thawApiServer: () => apiServer.process.signal('SIGCONT'),
    freezeEtcd: () => etcd.process.signal('SIGSTOP'),
    thawEtcd: () => etcd.process.signal('SIGCONT'),
    async compactAndRestart() {
      await etcd.compact();
      await apiServer.process.signal('SIGKILL');
      await apiServer.start();
    },
  };
}
