import { parseArgs } from 'node:util';
import type { PeopleConfig } from './access/open-to-people.ts';
import { isLoopbackBind } from './api/loopback.ts';
import { type GuideSettings, readGuideSettings, settingsWithoutEffect } from './guide/guide-settings.ts';
import type { HostListen } from './joining/listen-for-hosts.ts';

/** What an operator process is told; the only reader of its arguments and environment. */
export interface OperatorConfig {
  readonly databaseUrl: string;
  /** PEM file of the authority by which Postgres is verified; null: as the URL says. */
  readonly databaseCaFile?: string | null;
  /** A loopback address. */
  readonly host: string;
  readonly port: number;
  /** Where other machines come in, over TLS and behind a login; nowhere where it is absent. */
  readonly people?: PeopleConfig | null;
  /** Folder of the exported console. */
  readonly consoleDir: string | null;
  readonly logLevel: string;
  /** Null: StreamTests live in Postgres, and agents connect on loopback. */
  readonly cluster: ClusterConfig | null;
  /** Without a cluster: where hosts join, over TLS; none where it is absent. */
  readonly agents?: HostListen | null;
  /** The guide's API; null: switched off. With its defaults where it is absent. */
  readonly guide?: GuideSettings | null;
  /** What is set and does nothing, for the log. */
  readonly remarks?: readonly string[];
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
    /** Where hosts outside the cluster join; the first server name and the port unless given. */
    readonly joinUrl?: string;
  } | null;
}

export const OPERATOR_USAGE = `Usage: streamswarm-operator --database-url URL [--host 127.0.0.1] [--port 5000] [--console-dir DIR]
                            [--local-port 5001] [--agents-host 127.0.0.1] [--agents-port 5443] [--agent-server-name NAME...]
       streamswarm-operator --cluster --database-url URL --namespace NAMESPACE [--kubeconfig FILE]
                            [--agent-listen HOST:PORT --agent-server-name NAME...
                             --agent-service-account streamswarm-agent]

  --host                 beyond loopback: API and console over TLS, behind a login
  --local-port           then the loopback port for programs of this host, which need no login
  --database-ca-file FILE  the authority (PEM) that signed the certificate of Postgres, which is then verified
  --cluster              StreamTests are objects of a Kubernetes cluster, its nodes measure
  --kubeconfig FILE      how to reach it; in a pod its own service account is used
  --namespace NAMESPACE  where this operator and its agents run
  --agents-host, --agents-port  without a cluster: where hosts join, over TLS with this operator's own CA
  --agent-listen         where agents connect, over TLS with this operator's own CA
  --agent-server-name    a name or address by which they call it; may be repeated
  --agent-join-url URL   where hosts outside the cluster join, such as https://swarm.example.net:5443

Environment: DATABASE_URL, DATABASE_CA_FILE, SERVER_HOST, SERVER_PORT, STREAMSWARM_HOSTS (names of this
operator, with commas), STREAMSWARM_TLS_CERT, STREAMSWARM_TLS_KEY (files), STREAMSWARM_AGENTS_HOST, STREAMSWARM_AGENTS_PORT, KUBECONFIG, POD_NAMESPACE, DEBUG,
STREAMSWARM_GUIDE_API (on or off) with DEFAULT_TEST_DURATION, DEFAULT_TEST_INTERVAL, CLIENT_HEARTBEAT_INTERVAL, PING_COUNT,
PING_TIMEOUT, TRACEROUTE_TIMEOUT, HTTP_BANDWIDTH_TEST_SIZE for tests that its scripts make`;

/** Reads arguments before environment before defaults; throws an Error that says which setting is wrong. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): OperatorConfig {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'database-url': { type: 'string' },
      'database-ca-file': { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      'local-port': { type: 'string' },
      'console-dir': { type: 'string' },
      // Given by the supervisor to all of its children; the operator itself keeps nothing on disk.
      'state-dir': { type: 'string' },
      cluster: { type: 'boolean' },
      kubeconfig: { type: 'string' },
      namespace: { type: 'string' },
      'agents-host': { type: 'string' },
      'agents-port': { type: 'string' },
      'agent-join-url': { type: 'string' },
      'agent-listen': { type: 'string' },
      'agent-server-name': { type: 'string', multiple: true },
      'agent-service-account': { type: 'string' },
    },
  });
  const databaseUrl = values['database-url'] ?? env['DATABASE_URL'];
  if (databaseUrl === undefined || !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error(`DATABASE_URL must be a postgresql:// URL.\n${OPERATOR_USAGE}`);
  }
  const host = values.host ?? env['SERVER_HOST'] ?? '127.0.0.1';
  const port = readPort('--port', values.port ?? env['SERVER_PORT'] ?? '5000');
  // The operator of a cluster refuses to listen there: its users come through the API server.
  const isOpen = values.cluster !== true && !isLoopbackBind(host);
  return {
    databaseUrl,
    databaseCaFile: values['database-ca-file'] ?? (env['DATABASE_CA_FILE'] || null),
    host: isOpen ? '127.0.0.1' : host,
    port: isOpen ? readPort('--local-port', values['local-port'] ?? '0') : port,
    people: isOpen ? { host, port, names: readNames(env), certificate: readCertificateFiles(env) } : null,
    consoleDir: values['console-dir'] ?? null,
    logLevel: /^(1|true|yes)$/i.test(env['DEBUG'] ?? '') ? 'debug' : 'info',
    cluster: values.cluster === true ? readCluster(values, env) : null,
    agents: values.cluster === true ? null : readHostListen(values, env),
    guide: readGuideSettings(env),
    remarks: settingsWithoutEffect(env),
  };
}

function readPort(flag: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${flag} must be a number from 0 to 65535, not ${text}`);
  }
  return port;
}

function readNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const names = (env['STREAMSWARM_HOSTS'] ?? '').split(',').map((name) => name.trim());
  const wrong = names.find((name) => !/^[A-Za-z0-9.:-]*$/.test(name));
  if (wrong !== undefined) {
    throw new Error(
      `STREAMSWARM_HOSTS holds names and addresses without port, separated by commas; ${JSON.stringify(wrong)} is none`,
    );
  }
  return names.filter((name) => name !== '');
}

function readCertificateFiles(
  env: Readonly<Record<string, string | undefined>>,
): PeopleConfig['certificate'] {
  const certFile = env['STREAMSWARM_TLS_CERT'] || undefined;
  const keyFile = env['STREAMSWARM_TLS_KEY'] || undefined;
  if (certFile === undefined && keyFile === undefined) return null;
  if (certFile === undefined || keyFile === undefined) {
    throw new Error(
      'STREAMSWARM_TLS_CERT and STREAMSWARM_TLS_KEY go together: the files of a certificate and its key',
    );
  }
  return { certFile, keyFile };
}

function readHostListen(
  values: {
    readonly 'agents-host'?: string | undefined;
    readonly 'agents-port'?: string | undefined;
    readonly 'agent-server-name'?: string[] | undefined;
  },
  env: Readonly<Record<string, string | undefined>>,
): HostListen {
  const host = values['agents-host'] ?? (env['STREAMSWARM_AGENTS_HOST'] || undefined);
  const given = values['agents-port'] ?? (env['STREAMSWARM_AGENTS_PORT'] || undefined);
  const port = Number(given ?? 5_443);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--agents-port (STREAMSWARM_AGENTS_PORT) must be a number from 0 to 65535, not ${given}`);
  }
  return {
    host: host ?? '127.0.0.1',
    port,
    serverNames: [...(values['agent-server-name'] ?? []), ...readNames(env)],
    required: host !== undefined || given !== undefined,
  };
}

interface ClusterValues {
  readonly kubeconfig?: string | undefined;
  readonly namespace?: string | undefined;
  readonly 'agent-listen'?: string | undefined;
  readonly 'agent-server-name'?: string[] | undefined;
  readonly 'agent-service-account'?: string | undefined;
  readonly 'agent-join-url'?: string | undefined;
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
    ...(values['agent-join-url'] === undefined ? {} : { joinUrl: values['agent-join-url'] }),
  };
}
