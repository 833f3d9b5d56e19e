import { isNodeAgentId, nodeAgentId } from '@streamswarm/contract';
import type { TokenFacts } from '../kube/review-token.ts';

/** Who asks for a session, as far as it is proven. */
export type Caller =
  /** On a host of its own: one that has joined and signed for that id, or whoever reaches the loopback listener. */
  | { readonly kind: 'Host'; readonly joinedAs?: string }
  | {
      readonly kind: 'Node';
      readonly nodeName: string;
      readonly nodeUid: string | null;
      readonly podName: string | null;
      readonly podUid: string;
    };

export const LOOPBACK_CALLER: Caller = { kind: 'Host' };

export type Admission =
  | { readonly kind: 'admitted'; readonly caller: Caller }
  /** `detail` says what is wrong, and nothing that a stranger could use. */
  | { readonly kind: 'unauthenticated' | 'forbidden' | 'unavailable' | 'revoked'; readonly detail: string };

/** Decides by the Authorization header who may open a session, before anything else of the request is read. */
export type SessionGate = (authorization: string | undefined) => Promise<Admission>;

/** Whose tokens open sessions. */
export interface AgentAccount {
  readonly audience: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** What the facts of an accepted token are worth: it must be ours, for us, and bound to a pod on a node. */
export function admitToken(facts: TokenFacts, account: AgentAccount): Admission {
  const { audience, namespace, serviceAccount } = account;
  if (!facts.audiences.includes(audience)) {
    return {
      kind: 'unauthenticated',
      detail: `The token is made for another audience: project one with audience ${audience}.`,
    };
  }
  const isOurs =
    facts.username === `system:serviceaccount:${namespace}:${serviceAccount}` &&
    facts.namespace === namespace &&
    facts.serviceAccount === serviceAccount;
  if (!isOurs) {
    return {
      kind: 'forbidden',
      detail: 'The token is genuine, but not of the service account that agents run as.',
    };
  }
  // A token bound to a node alone also carries the node's name: only one bound to a pod ends with its agent.
  if (!facts.podUid || !facts.nodeName) {
    return {
      kind: 'forbidden',
      detail:
        'The token is not bound to a pod on a node: mount a projected service account token into the agent pod.',
    };
  }
  const { nodeName, podUid, nodeUid, podName } = facts;
  return { kind: 'admitted', caller: { kind: 'Node', nodeName, nodeUid, podName, podUid } };
}

/** Why a caller may not have the identity that it claims, or null. */
export function claimProblem(caller: Caller, agentId: string): string | null {
  if (caller.kind === 'Host') {
    if (caller.joinedAs !== undefined && caller.joinedAs !== agentId) {
      return 'The assertion is of another agent than this one claims to be.';
    }
    return isNodeAgentId(agentId)
      ? 'This id belongs to a node of a cluster: only the agent pod on that node may use it.'
      : null;
  }
  return agentId === nodeAgentId(caller.nodeName)
    ? null
    : 'The token is of a pod on another node than the agent claims to be on: set NODE_NAME from spec.nodeName.';
}
