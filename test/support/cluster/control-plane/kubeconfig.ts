import { writeFileSync } from 'node:fs';

export interface KubeconfigOptions {
  readonly url: string;
  readonly caFile: string;
  readonly user: string;
  readonly token: string;
}

/** Writes a kubeconfig of one user; JSON is YAML. Returns the path. */
export function writeKubeconfig(path: string, { url, caFile, user, token }: KubeconfigOptions): string {
  const name = 'streamswarm-lab';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: url, 'certificate-authority': caFile } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name, context: { cluster: name, user, namespace: 'default' } }],
    'current-context': name,
  };
  writeFileSync(path, JSON.stringify(config, null, 2), { mode: 0o600 });
  return path;
}
