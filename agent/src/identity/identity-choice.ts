import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ServerTrust } from '../uplink/server-trust.ts';
import type { AgentIdentity } from './agent-identity.ts';
import { joinedIdentity } from './joined-identity.ts';
import { podIdentity } from './pod-identity.ts';
import { standaloneIdentity } from './standalone-identity.ts';

export type IdentityChoice =
  /** On a host of its own; `name` is the host's unless given. */
  | { readonly kind: 'standalone'; readonly name?: string }
  /** On a host that has joined the operator: it proves itself with the key in its state folder. */
  | { readonly kind: 'joined' }
  /** In a pod, for the node that it runs on. */
  | { readonly kind: 'pod'; readonly nodeName: string; readonly tokenFile: string };

/** Why an identity must not be shown to a server that is reached so, or null. */
export function identityProblem(choice: IdentityChoice, server: URL, trust: ServerTrust): string | null {
  if (choice.kind === 'standalone') return null;
  if (server.protocol !== 'https:') {
    return choice.kind === 'pod'
      ? 'the token of a pod is sent over https only: begin --server with https://'
      : 'a host that has joined speaks https only: begin --server with https://';
  }
  return choice.kind === 'pod' && trust.caFile === null
    ? 'the token of a pod is sent to an operator of a known CA only: set --ca-file to the CA of the operator'
    : null;
}

export function loadIdentity(
  choice: IdentityChoice,
  stateDir: string,
  operatorNowMs: () => Promise<number>,
): Promise<AgentIdentity> {
  if (choice.kind === 'joined') return joinedIdentity(stateDir, operatorNowMs);
  if (choice.kind === 'pod') return Promise.resolve(podIdentity(choice));
  return standaloneIdentity({ stateDir, name: choice.name ?? hostname(), newId: randomUUID });
}
