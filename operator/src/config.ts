import { parseArgs } from 'node:util';

/** What an operator process is told; the only reader of its arguments and environment. */
export interface OperatorConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Folder of the exported console. */
  readonly consoleDir: string | null;
  readonly logLevel: string;
  /** Null: StreamTests live in Postgres, and agents connect on loopback. */
  readonly cluster: ClusterConfig | null;
}

/** How the operator of a Kubernetes cluster is set up. */
export interface ClusterConfig {
  /** Null: the service account of its own pod. */
  readonly kubeconfigPath: string | null;
  /** Where the operator and its agents run. */
  readonly namespace: string;
  /** Where agents connect, over TLS; null: nowhere but on loopback. */
  readonly agents: {
    readonly host: string;
    readonly port: number;
    /** Names and addresses by which agents call this operator; its certificate carries them. */
    readonly serverNames: readonly string[];
    readonly serviceAccount: string;
  } | null;
}

export const OPERATOR_USAGE = `Usage: streamswarm-operator --database-url URL [--host 127.0.0.1] [--port 5000] [--console-dir DIR]
       streamswarm-operator --cluster --database-url URL --namespace NAMESPACE [--kubeconfig FILE]
                            [--agent-listen HOST:PORT --agent-server-name NAME...
                             --agent-service-account streamswarm-agent]

  --cluster              StreamTests are objects of a Kubernetes cluster, its nodes measure
  --kubeconfig FILE      how to reach it; in a pod its own service account is used
  --namespace NAMESPACE  where this operator and its agents run
  --agent-listen         where agents connect, over TLS with this operator's own CA
  --agent-server-name    a name or address by which they call it; may be repeated

Environment: DATABASE_URL, SERVER_HOST, SERVER_PORT, KUBECONFIG, POD_NAMESPACE, DEBUG`;

/** Reads arguments before environment before defaults; throws an Error that says which setting is wrong. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): OperatorConfig {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'database-url': { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      'console-dir': { type: 'string' },
      // Given by the supervisor to all of its children; the operator itself keeps nothing on disk.
      'state-dir': { type: 'string' },
      cluster: { type: 'boolean' },
      kubeconfig: { type: 'string' },
      namespace: { type: 'string' },
      'agent-listen': { type: 'string' },
      'agent-server-name': { type: 'string', multiple: true },
      'agent-service-account': { type: 'string' },
    },
  });
  const databaseUrl = values['database-url'] ?? env['DATABASE_URL'];
  if (databaseUrl === undefined || !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error(`DATABASE_URL must be a postgresql:// URL.\n${OPERATOR_USAGE}`);
  }
  const port = Number(values.port ?? env['SERVER_PORT'] ?? 5_000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not ${values.port ?? env['SERVER_PORT']}`);
  }
  return {
    databaseUrl,
    host: values.host ?? env['SERVER_HOST'] ?? '127.0.0.1',
    port,
    consoleDir: values['console-dir'] ?? null,
    logLevel: /^(1|true|yes)$/i.test(env['DEBUG'] ?? '') ? 'debug' : 'info',
    cluster: values.cluster === true ? readCluster(values, env) : null,
  };
}

interface ClusterValues {
  readonly kubeconfig?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'agent-listen'?: string | undefined;
  readonly 'agent-server-name'?: string[] | undefined;
  readonly 'agent-service-account'?: string | undefined;
}

function readCluster(
  values: ClusterValues,
  env: Readonly<Record<string, string | undefined>>,
): ClusterConfig {
  const namespace = values.namespace ?? env['POD_NAMESPACE'];
  if (namespace === undefined || namespace === '') {
    throw new Error(`--cluster needs --namespace (or POD_NAMESPACE).\n${OPERATOR_USAGE}`);
  }
  return {
    kubeconfigPath: values.kubeconfig ?? env['KUBECONFIG'] ?? null,
    namespace,
    agents: readAgentListener(values),
  };
}

function readAgentListener(values: ClusterValues): ClusterConfig['agents'] {
  const listen = values['agent-listen'];
  if (listen === undefined) return null;
  const [, host, port] = /^(\[[0-9a-fA-F:]+\]|[^:]+):([0-9]{1,5})$/.exec(listen) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new Error(`--agent-listen must be HOST:PORT, such as 0.0.0.0:5443, not ${listen}`);
  }
  const serverNames = values['agent-server-name'] ?? [];
  if (serverNames.length === 0) {
    throw new Error('--agent-listen needs --agent-server-name: the name by which agents call this operator');
  }
  return {
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
    serverNames,
    serviceAccount: values['agent-service-account'] ?? 'streamswarm-agent',
  };
}
