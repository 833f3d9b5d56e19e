import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Accounting, StreamTestStatus } from '@streamswarm/contract';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';
import { freePort } from './free-port.ts';
import { type Part, part } from './part.ts';
import { startTestPostgres, type TestPostgres } from './postgres.ts';
import { waitUntil } from './wait-until.ts';

const CRDS = fileURLToPath(new URL('../../crds/', import.meta.url));
const NAMESPACE = 'streamswarm';

/** A replica of the operator with its own port; all share Postgres and the API server. */
export interface Replica {
  readonly process: Part;
  readonly api: string;
  readonly log: string;
}

export interface ReplicaWays {
  readonly kubeconfig?: string;
  readonly databaseUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An operator of a real API server, without nodes: agents are hosts on loopback, or simulated. */
export interface ClusterStreet {
  readonly dir: string;
  readonly plane: ControlPlane;
  readonly postgres: TestPostgres;
  readonly operator: Replica;
  /** One more replica, not started yet; its ways to the API server and to Postgres may lead through proxies. */
  replica(name: string, ways?: ReplicaWays): Promise<Replica>;
  /** A host that measures, on this machine's loopback; not started yet. `server` is another replica than the first. */
  agent(name: string, server?: string): Part;
  /** kubectl; throws where it fails. */
  kubectl(args: readonly string[], input?: string): Promise<string>;
  status(namespace: string, name: string): Promise<StreamTestStatus | null>;
  books(query?: string): Promise<Accounting>;
  stop(): Promise<void>;
}

export async function startClusterStreet(): Promise<ClusterStreet> {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-cluster-street-'));
  const [plane, postgres] = await Promise.all([startControlPlane(), startTestPostgres()]);
  const kubectl = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, stdout, stderr } = await plane.kubectl(args, input === undefined ? {} : { input });
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const parts: Part[] = [];
  const replica: ClusterStreet['replica'] = async (name, ways = {}) => {
    const port = await freePort();
    const kubeconfig = ways.kubeconfig ?? plane.kubeconfigPath;
    const cluster = ['--cluster', '--kubeconfig', kubeconfig, '--namespace', NAMESPACE];
    const program = part(dir, name, {
      script: 'operator/src/bin/streamswarm-operator.ts',
      args: [...cluster, '--database-url', ways.databaseUrl ?? postgres.url, '--port', String(port)],
      env: ways.env ?? {},
    });
    parts.push(program);
    return { process: program, api: `http://127.0.0.1:${port}`, log: join(dir, `${name}.log`) };
  };
  const stop = async (): Promise<void> => {
    for (const program of parts.toReversed()) await program.signal('SIGTERM');
    await postgres.stop();
    await plane.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  const operator = await replica('operator');
  try {
    await kubectl(['apply', '-f', CRDS]);
    await kubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
    await kubectl(['create', 'namespace', NAMESPACE]);
    operator.process.start();
    await waitUntil('the API is ready', async () => (await fetch(`${operator.api}/readyz`)).ok);
  } catch (error) {
    // What the operator said is of use only while its log is there.
    const log = existsSync(operator.log) ? readFileSync(operator.log, 'utf8').slice(-4_000) : '';
    await stop();
    throw new Error(`the operator of a cluster did not come up:\n${log}`, { cause: error });
  }
  return {
    dir,
    plane,
    postgres,
    operator,
    replica,
    agent(name, server = operator.api) {
      const stateDir = join(dir, name);
      mkdirSync(stateDir);
      const program = part(dir, name, {
        script: 'agent/src/bin/streamswarm-agent.ts',
        args: ['--server', server, '--state-dir', stateDir, '--name', name],
      });
      parts.push(program);
      return program;
    },
    kubectl,
    async status(namespace, name) {
      const { code, stdout } = await plane.kubectl(['get', 'stt', name, '-n', namespace, '-o', 'json']);
      return code === 0 ? ((JSON.parse(stdout) as { status?: StreamTestStatus }).status ?? null) : null;
    },
    async books(query = '') {
      const response = await fetch(`${operator.api}/api/v1/accounting${query}`);
      if (!response.ok) throw new Error(`accounting: ${response.status} ${await response.text()}`);
      return (await response.json()) as Accounting;
    },
    stop,
  };
}
