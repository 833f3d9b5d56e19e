import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseServerUrl } from './uplink/server-url.ts';

export const USAGE = `usage: streamswarm-agent --server URL [--state-dir DIR] [--name NAME]

  --server URL      the operator, such as https://operator.example.net:5000; http:// on loopback only
                    (or STREAMSWARM_SERVER)
  --state-dir DIR   where identity, plan and unsent results are kept (or STREAMSWARM_STATE_DIR)
  --name NAME       how people know this agent; the host name unless given (or STREAMSWARM_AGENT_NAME)
`;

export interface AgentConfig {
  readonly server: string;
  readonly stateDir: string;
  readonly name: string | null;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads arguments and environment; throws with what is missing or wrong. */
export function readConfig(argv: readonly string[], env: Environment, isRoot: boolean): AgentConfig {
  const { values } = parseArgs({
    args: [...argv],
    options: { server: { type: 'string' }, 'state-dir': { type: 'string' }, name: { type: 'string' } },
    strict: true,
  });
  const server = values.server ?? env['STREAMSWARM_SERVER'];
  if (server === undefined || server === '') throw new Error('no server is given: set --server URL');
  const name = values.name ?? env['STREAMSWARM_AGENT_NAME'] ?? null;
  if (name !== null && (name === '' || name.length > 253))
    throw new Error('--name must have 1 to 253 characters');
  return {
    server: parseServerUrl(server).href,
    stateDir: values['state-dir'] ?? env['STREAMSWARM_STATE_DIR'] ?? defaultStateDir(env, isRoot),
    name,
    logLevel: env['STREAMSWARM_LOG_LEVEL'] ?? 'info',
  };
}

function defaultStateDir(env: Environment, isRoot: boolean): string {
  if (isRoot) return '/var/lib/streamswarm/agent';
  return join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'streamswarm', 'agent');
}

/** Threads of libuv's pool: half may wait in getaddrinfo, the rest writes the spool. */
const POOL_THREADS = 16;

/** Must run before the pool's first use; a size that the environment gives stays. Returns the lookups at once. */
export function sizeThreadPool(env: Record<string, string | undefined>): number {
  env['UV_THREADPOOL_SIZE'] ??= String(POOL_THREADS);
  return Math.max(1, Math.floor(Number(env['UV_THREADPOOL_SIZE']) / 2));
}
