import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** Where the API server is, and what proves who we are to it. */
export interface Credentials {
  readonly server: URL;
  /** CA, client certificate and key, server name: what node:https takes. */
  readonly tls: Pick<
    RequestOptions,
    'ca' | 'cert' | 'key' | 'passphrase' | 'servername' | 'rejectUnauthorized'
  >;
  readonly headers: Readonly<Record<string, string>>;
  /** The agent of a proxy that the kubeconfig names; null for a direct way. */
  readonly proxy: Agent | null;
}

export interface CredentialSource {
  /** Files are read again as they may rotate; an exec plug-in is asked again when its token has expired. */
  current(): Promise<Credentials>;
  /** The server refused them: the next `current` reads everything anew. */
  refresh(): void;
}

/** Reading the files for each request would cost more than the request; a rotated token is good for minutes. */
const KEEP_MS = 15_000;

/**
 * Credentials of a kubeconfig file; `null` of the pod's service account; `undefined` as kubectl finds them
 * (KUBECONFIG, ~/.kube/config, the pod).
 */
export function openCredentials(
  kubeconfigPath: string | null | undefined,
  monotonicMs: () => number,
): CredentialSource {
  let config: KubeConfig | null = null;
  let kept: { credentials: Promise<Credentials>; atMs: number } | null = null;
  return {
    current() {
      const nowMs = monotonicMs();
      if (kept !== null && nowMs - kept.atMs < KEEP_MS) return kept.credentials;
      const read = async (): Promise<Credentials> => {
        config ??= load(kubeconfigPath);
        return credentialsOf(config);
      };
      const credentials = read();
      kept = { credentials, atMs: nowMs };
      credentials.catch(() => {
        kept = null;
        config = null;
      });
      return credentials;
    },
    refresh() {
      config = null;
      kept = null;
    },
  };
}

function load(path: string | null | undefined): KubeConfig {
  const config = new KubeConfig();
  if (path === null) config.loadFromCluster();
  else if (path === undefined) config.loadFromDefault();
  else config.loadFromFile(path);
  return config;
}

async function credentialsOf(config: KubeConfig): Promise<Credentials> {
  const cluster = config.getCurrentCluster();
  if (cluster === null)
    throw new Error('the kubeconfig names no current cluster: choose one with kubectl config use-context');
  if (cluster.server.includes('//undefined'))
    throw new Error(
      'this is no pod of a cluster (KUBERNETES_SERVICE_HOST is not set): give a kubeconfig file',
    );
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name] = String(value);
  if (typeof options.auth === 'string')
    headers['Authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`;
  return {
    server: new URL(cluster.server),
    tls: pick(options, ['ca', 'cert', 'key', 'passphrase', 'servername', 'rejectUnauthorized']),
    headers,
    proxy: cluster.proxyUrl && typeof options.agent === 'object' ? options.agent : null,
  };
}

function pick<T, K extends keyof T>(from: T, names: readonly K[]): Pick<T, K> {
  const picked: Partial<Pick<T, K>> = {};
  for (const name of names) if (from[name] !== undefined) picked[name] = from[name];
  // Every name that was left out is optional in T.
  return picked as Pick<T, K>;
}
