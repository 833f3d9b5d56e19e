import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type IdentityChoice, identityProblem } from './identity/identity-choice.ts';
import type { JoinWish } from './uplink/joined-way.ts';
import { parseFingerprint } from './uplink/pinned-ca.ts';
import type { ServerTrust } from './uplink/server-trust.ts';
import { parseServerUrl } from './uplink/server-url.ts';

export const USAGE = `usage: streamswarm-agent --server URL [--state-dir DIR] [--name NAME]
       streamswarm-agent --server https://HOST:PORT --token TOKEN --ca-fingerprint sha256:HEX [--state-dir DIR]
       streamswarm-agent --server URL --identity pod --token-file FILE --node-name NAME --ca-file FILE

  --server URL         the operator, such as https://operator.example.net:5000; http:// on loopback only
                       (or STREAMSWARM_SERVER)
  --ca-file FILE       the operator's CA (PEM): no other is believed; read anew for each connection
                       (or STREAMSWARM_CA_FILE)
  --token TOKEN        joins with this token, at the first start (or STREAMSWARM_JOIN_TOKEN)
  --ca-fingerprint F   of the operator's CA: the token is sent to no other (or STREAMSWARM_CA_FINGERPRINT)
  --server-name NAME   the name that the operator's certificate must have; the host of --server unless given
                       (or STREAMSWARM_SERVER_NAME)
  --state-dir DIR      where identity, plan and unsent results are kept (or STREAMSWARM_STATE_DIR)
  --identity KIND      standalone (a host of its own, the default) or pod (or STREAMSWARM_IDENTITY)
  --name NAME          standalone: how people know this agent; the host name unless given
                       (or STREAMSWARM_AGENT_NAME)
  --node-name NAME     pod: the node it runs on, from spec.nodeName (or NODE_NAME)
  --token-file FILE    pod: projected service account token with audience streamswarm
                       (or STREAMSWARM_TOKEN_FILE)
  --ready-file FILE    a file that is renewed every 5 s while this agent can measure and has a plan
                       (or STREAMSWARM_READY_FILE)
  --alive-file FILE    the same, with a plan or without: for what restarts an agent that hangs
                       (or STREAMSWARM_ALIVE_FILE)
`;

export interface AgentConfig {
  readonly server: string;
  readonly trust: ServerTrust;
  readonly identity: IdentityChoice;
  /** Null: it joins nothing at this start. */
  readonly join: JoinWish | null;
  readonly stateDir: string;
  readonly readyFile: string | null;
  readonly aliveFile: string | null;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const OPTIONS = {
  server: { type: 'string' },
  'ca-file': { type: 'string' },
  'server-name': { type: 'string' },
  'state-dir': { type: 'string' },
  identity: { type: 'string' },
  name: { type: 'string' },
  'node-name': { type: 'string' },
  'token-file': { type: 'string' },
  token: { type: 'string' },
  'ca-fingerprint': { type: 'string' },
  'ready-file': { type: 'string' },
  'alive-file': { type: 'string' },
} as const;

/** Reads arguments and environment; throws with what is missing or wrong. */
export function readConfig(argv: readonly string[], env: Environment, isRoot: boolean): AgentConfig {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: true });
  const setting = (name: keyof typeof OPTIONS, variable: string): string | null =>
    values[name] ?? env[variable] ?? null;

  const given = setting('server', 'STREAMSWARM_SERVER');
  if (given === null || given === '') throw new Error('no server is given: set --server URL');
  const server = parseServerUrl(given);
  const trust = {
    caFile: filled('--ca-file', setting('ca-file', 'STREAMSWARM_CA_FILE')),
    serverName: filled('--server-name', setting('server-name', 'STREAMSWARM_SERVER_NAME')),
  };
  const identity = identityChoice(setting);
  const problem = identityProblem(identity, server, trust);
  if (problem !== null) throw new Error(problem);
  return {
    server: server.href,
    trust,
    identity,
    join: joinWish(setting),
    stateDir: setting('state-dir', 'STREAMSWARM_STATE_DIR') ?? defaultStateDir(env, isRoot),
    readyFile: filled('--ready-file', setting('ready-file', 'STREAMSWARM_READY_FILE')),
    aliveFile: filled('--alive-file', setting('alive-file', 'STREAMSWARM_ALIVE_FILE')),
    logLevel: env['STREAMSWARM_LOG_LEVEL'] ?? 'info',
  };
}

function identityChoice(
  setting: (name: keyof typeof OPTIONS, variable: string) => string | null,
): IdentityChoice {
  const kind = setting('identity', 'STREAMSWARM_IDENTITY') ?? 'standalone';
  if (kind === 'standalone') {
    const name = setting('name', 'STREAMSWARM_AGENT_NAME');
    if (name === null) return { kind };
    if (name === '' || name.length > 253) throw new Error('--name must have 1 to 253 characters');
    return { kind, name };
  }
  if (kind !== 'pod') throw new Error(`--identity must be standalone or pod, not "${kind}"`);
  const nodeName = filled('--node-name', setting('node-name', 'NODE_NAME'));
  const tokenFile = filled('--token-file', setting('token-file', 'STREAMSWARM_TOKEN_FILE'));
  if (nodeName === null) {
    throw new Error('the agent of a pod needs its node: set NODE_NAME from spec.nodeName, or --node-name');
  }
  if (tokenFile === null) {
    throw new Error(
      'the agent of a pod needs its token: set --token-file to a projected service account token',
    );
  }
  return { kind, nodeName, tokenFile };
}

function joinWish(setting: (name: keyof typeof OPTIONS, variable: string) => string | null): JoinWish | null {
  const token = filled('--token', setting('token', 'STREAMSWARM_JOIN_TOKEN'));
  const caFingerprint = filled('--ca-fingerprint', setting('ca-fingerprint', 'STREAMSWARM_CA_FINGERPRINT'));
  if (token === null) return null;
  if (caFingerprint === null) {
    throw new Error(
      'a join token is shown to a known operator only: add --ca-fingerprint from the join command',
    );
  }
  parseFingerprint(caFingerprint);
  return { token, caFingerprint };
}

/** A setting that is there must say something: an empty one is a variable that was not filled in. */
function filled(name: string, value: string | null): string | null {
  if (value === '') throw new Error(`${name} is empty: give it a value, or leave it out`);
  return value;
}

/** Where a standalone agent keeps its state unless told otherwise. */
export function defaultStateDir(env: Environment, isRoot: boolean): string {
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
