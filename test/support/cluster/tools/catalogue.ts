import { readFileSync } from 'node:fs';

/** Every binary that the lab runs and no distribution has in a version that fits. */
export const TOOL_NAMES = [
  'etcd',
  'helm',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-proxy',
  'kube-scheduler',
  'kubectl',
  'kubelet',
  'pause',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];

/** What a binary is built of. All of it is in the key of the cache. */
export interface ToolRecipe {
  /** Import path of the main package. */
  readonly goPackage: string;
  /** Folder whose go.mod pins every version, or which is the module itself; null where `version` says it. */
  readonly moduleFolder: string | null;
  /** For `go install PACKAGE@VERSION`; null with a module folder. */
  readonly version: string | null;
  readonly linkerFlags: string;
}

const TOOLS_FOLDER = new URL('../../../cluster/tools/', import.meta.url).pathname;
const STRIPPED = '-s -w';
const HELM_VERSION = 'v4.3.1';

export function recipeOf(tool: ToolName): ToolRecipe {
  switch (tool) {
    case 'etcd':
      // Its go.mod has replace directives, so `go install PATH@VERSION` refuses it.
      return {
        goPackage: 'go.etcd.io/etcd/server/v3',
        moduleFolder: `${TOOLS_FOLDER}etcd`,
        version: null,
        linkerFlags: STRIPPED,
      };
    case 'helm':
      return {
        goPackage: 'helm.sh/helm/v4/cmd/helm',
        moduleFolder: null,
        version: HELM_VERSION,
        linkerFlags: STRIPPED,
      };
    case 'pause':
      return { goPackage: '.', moduleFolder: `${TOOLS_FOLDER}pause`, version: null, linkerFlags: STRIPPED };
    default:
      return {
        goPackage: `k8s.io/kubernetes/cmd/${tool}`,
        moduleFolder: TOOLS_FOLDER,
        version: null,
        linkerFlags: `${STRIPPED} ${kubernetesVersionFlags()}`,
      };
  }
}

/** Kubernetes' version, as go.mod pins it: `v1.34.4`. */
export function kubernetesVersion(): string {
  const pinned = /\sk8s\.io\/kubernetes (v[\d.]+)/.exec(readFileSync(`${TOOLS_FOLDER}go.mod`, 'utf8'))?.[1];
  if (pinned === undefined) throw new Error(`${TOOLS_FOLDER}go.mod names no version of k8s.io/kubernetes`);
  return pinned;
}

/** Without these a server says that its version is v0.0.0, and clients that compare versions go wrong. */
function kubernetesVersionFlags(): string {
  const version = kubernetesVersion();
  const [major = '', minor = ''] = version.slice(1).split('.');
  const variable = 'k8s.io/component-base/version';
  return `-X ${variable}.gitVersion=${version} -X ${variable}.gitMajor=${major} -X ${variable}.gitMinor=${minor}`;
}
