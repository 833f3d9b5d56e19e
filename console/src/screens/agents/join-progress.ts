import type { JoinTokenView } from '@streamswarm/contract/wire/joining';
import type { AgentView } from '@streamswarm/contract/wire/views';

export type JoinProgress =
  | { readonly kind: 'waiting' }
  /** The token was used; its agent has not opened a session yet. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'here'; readonly name: string; readonly online: boolean }
  | { readonly kind: 'over'; readonly state: 'expired' | 'revoked' };

/** How far the host of a join token has come. */
export function joinProgress(
  token: Pick<JoinTokenView, 'state' | 'agentId'> | undefined,
  agents: readonly Pick<AgentView, 'id' | 'name' | 'online'>[],
): JoinProgress {
  if (token === undefined || token.state === 'open') return { kind: 'waiting' };
  if (token.state !== 'used') return { kind: 'over', state: token.state };
  const agent = agents.find(({ id }) => id === token.agentId);
  return agent === undefined ? { kind: 'joined' } : { kind: 'here', name: agent.name, online: agent.online };
}
