import { forgetJoined, type Joined, joinedCaPath, readJoined } from '../identity/joined-file.ts';
import { joinedIdentity } from '../identity/joined-identity.ts';
import { AGENT_VERSION } from '../version.ts';
import { OperatorHttp, throwIfRefused } from './operator-http.ts';
import { askOperatorTime } from './operator-time.ts';

const TIMEOUT_MS = 10_000;

export interface LeaveOptions {
  readonly stateDir: string;
  /** Deletes the key also where the operator cannot be told; it then has to be revoked there. */
  readonly force?: boolean;
  wallMs(): number;
}

export type Leaving =
  | { readonly kind: 'left'; readonly name: string; readonly server: string }
  /** The key is gone, and the operator does not know: `why` is for people. */
  | { readonly kind: 'forgotten'; readonly name: string; readonly server: string; readonly why: string }
  | { readonly kind: 'never joined' };

/** Tells the operator that this host goes for good, and deletes its key. The agent must have been stopped before. */
export async function leaveOperator(options: LeaveOptions): Promise<Leaving> {
  const { stateDir, force = false } = options;
  const joined = await readJoined(stateDir);
  if (joined === null) return { kind: 'never joined' };
  const { name, server } = joined;
  try {
    await sayGoodbye(joined, options);
  } catch (error) {
    if (!force) throw error;
    await forgetJoined(stateDir, joined);
    return { kind: 'forgotten', name, server, why: (error as Error).message };
  }
  await forgetJoined(stateDir, joined);
  return { kind: 'left', name, server };
}

async function sayGoodbye(joined: Joined, { stateDir, wallMs }: LeaveOptions): Promise<void> {
  const trust = { caFile: joinedCaPath(stateDir, joined.tokenId), serverName: null };
  const http = new OperatorHttp(new URL(joined.server), trust);
  try {
    const identity = await joinedIdentity(stateDir, () => askOperatorTime(http));
    const proof = await identity.sessionHeaders();
    const session = await http.ask('the session', {
      method: 'POST',
      path: '/agent/v1/session',
      headers: { ...proof, 'content-type': 'application/json' },
      body: JSON.stringify({
        agentId: identity.agentId,
        name: identity.name,
        version: AGENT_VERSION,
        clockMs: wallMs(),
        platform: { os: process.platform, kernel: '', arch: process.arch, cores: 0, memoryBytes: 0 },
        addresses: [],
        capabilities: [],
      }),
      timeoutMs: TIMEOUT_MS,
    });
    const token = (session as { readonly token?: unknown }).token;
    if (typeof token !== 'string') throw new Error('the server answered the session with something else');
    const answer = await http.open({
      method: 'POST',
      path: '/agent/v1/leave',
      headers: { authorization: `Bearer ${token}` },
      timeoutMs: TIMEOUT_MS,
    });
    await throwIfRefused('leaving', answer);
    answer.resume();
  } finally {
    http.close();
  }
}
