import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Accounting, StreamTestStatus } from '@streamswarm/contract';
import { type KubeClient, openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { STREAM_TESTS } from '@streamswarm/operator/kube/objects';
import type { StreamTestObject } from '@streamswarm/operator/stream-tests/stream-test-object';
import { pino } from 'pino';
import { type Cluster, startCluster } from './cluster/cluster.ts';
import { buildPostgresImage, buildProductImage } from './cluster/images.ts';
import { narrate } from './cluster/narrate.ts';
import { runProgram } from './cluster/run-program.ts';
import { ensureTools } from './cluster/tools.ts';
import { waitUntil } from './wait-until.ts';

const CHART = fileURLToPath(new URL('../../charts/streamswarm/', import.meta.url));
export const NAMESPACE = 'streamswarm';

/** The product as a cluster admin installs it: images of its own Dockerfile, its own chart, real Helm, real nodes. */
export interface InstalledProduct {
  readonly cluster: Cluster;
  /** How long `helm install --wait` took, s. */
  readonly installSeconds: number;
  readonly kube: KubeClient;
  /** Console and API through `kubectl port-forward`. */
  api(): string;
  /** kubectl; throws where it fails. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  helm(args: readonly string[]): Promise<string>;
  /** `upgrade --wait` with the values of the installation; more may follow. */
  readonly upgradeWords: readonly string[];
  status(namespace: string, name: string): Promise<StreamTestStatus | null>;
  books(query?: string): Promise<Accounting>;
  /** Leads a new tunnel to the operator pod that runs now. */
  forwardAgain(): Promise<void>;
  stop(): Promise<void>;
}

export interface InstallOptions {
  readonly nodes?: number;
  /** More of `helm install --set`. */
  readonly set?: readonly string[];
}

export async function installProduct({
  nodes = 3,
  set = [],
}: InstallOptions = {}): Promise<InstalledProduct> {
  const { helm: helmFile, kubectl: kubectlFile } = await ensureTools(['helm', 'kubectl']);
  const operator = await buildProductImage({
    target: 'operator',
    tag: 'localhost/streamswarm/operator:0.1.0',
  });
  const agent = await buildProductImage({ target: 'agent', tag: 'localhost/streamswarm/agent:0.1.0' });
  const database = await buildPostgresImage();
  const cluster = await startCluster({ nodes });
  const kube = openKubeClient({
    kubeconfigPath: cluster.kubeconfigPath,
    logger: pino({ level: 'silent' }),
  });
  let forward: Forward | null = null;
  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await cluster.kubectl(args, input === undefined ? {} : { input });
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const helm = async (args: readonly string[]): Promise<string> => {
    const words = [`--kubeconfig=${cluster.kubeconfigPath}`, ...args];
    const { code, stdout, stderr } = await runProgram(helmFile, words);
    if (code !== 0) throw new Error(`helm ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const stop = async (): Promise<void> => {
    forward?.stop();
    await kube.close();
    await cluster.stop();
  };
  const forwardAgain = async (): Promise<void> => {
    forward?.stop();
    const deployment = 'deployment/streamswarm-operator';
    await kubectl(['rollout', 'status', deployment, '-n', NAMESPACE, '--timeout=120s']);
    forward = await startForward(kubectlFile, cluster.kubeconfigPath);
  };
  try {
    for (const { tarPath } of [operator, agent, database]) await cluster.importImage(tarPath);
    await kubectl(['create', 'namespace', NAMESPACE]);
    await kubectl(['label', 'namespace', NAMESPACE, 'pod-security.kubernetes.io/enforce=privileged']);
    const values = ['image.pullPolicy=Never', `postgres.evaluation.image=${database.name}`, ...set];
    const startedMs = performance.now();
    const release = ['streamswarm', CHART, '--namespace', NAMESPACE, '--wait', '--timeout=180s'];
    const words = [...release, ...values.flatMap((value) => ['--set', value])];
    await narrate('helm install --wait', () => helm(['install', ...words])).catch(async (error: unknown) => {
      const [pods, logs] = await Promise.all([
        cluster.kubectl(['describe', 'pods', '-n', NAMESPACE]),
        cluster.kubectl([
          'logs',
          '-n',
          NAMESPACE,
          '-l',
          'app.kubernetes.io/name=streamswarm',
          '--prefix',
          '--tail=40',
        ]),
      ]);
      throw new Error(`${(error as Error).message}\n${pods.stdout}\n${logs.stdout}${logs.stderr}`, {
        cause: error,
      });
    });
    const installSeconds = (performance.now() - startedMs) / 1_000;
    await forwardAgain();
    const api = (): string => {
      if (forward === null) throw new Error('no tunnel to the operator');
      return forward.url;
    };
    return {
      cluster,
      kube,
      installSeconds,
      api,
      kubectl,
      helm,
      upgradeWords: ['upgrade', ...words],
      async status(namespace, name) {
        return (await kube.get<StreamTestObject>(STREAM_TESTS, { namespace, name }))?.status ?? null;
      },
      async books(query = '') {
        const response = await fetch(`${api()}/api/v1/accounting${query}`);
        if (!response.ok) throw new Error(`accounting: ${response.status} ${await response.text()}`);
        return (await response.json()) as Accounting;
      },
      forwardAgain,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Forward {
  readonly url: string;
  stop(): void;
}

async function startForward(kubectl: string, kubeconfigPath: string): Promise<Forward> {
  const child: ChildProcess = spawn(
    kubectl,
    [
      `--kubeconfig=${kubeconfigPath}`,
      '-n',
      NAMESPACE,
      'port-forward',
      'deployment/streamswarm-operator',
      ':5000',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  let port: string | undefined;
  for (const output of [child.stdout, child.stderr]) {
    if (output === null) continue;
    createInterface({ input: output }).on('line', (line) => {
      said += `${line}\n`;
      port ??= /Forwarding from 127\.0\.0\.1:([0-9]+)/.exec(line)?.[1];
    });
  }
  const url = await waitUntil('kubectl port-forward leads to the operator', async () => {
    if (child.exitCode !== null) throw new Error(`kubectl port-forward ended: ${said}`);
    if (port === undefined) return null;
    const address = `http://localhost:${port}`;
    return (await fetch(`${address}/readyz`)).ok ? address : null;
  });
  return { url, stop: () => void child.kill() };
}
