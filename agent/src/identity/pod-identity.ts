import { readFile } from 'node:fs/promises';
import { nodeAgentId } from '@streamswarm/contract/agent-id/agent-id';
import type { AgentIdentity } from './agent-identity.ts';

export interface PodIdentityOptions {
  /** Of the node that this pod runs on. */
  readonly nodeName: string;
  /** The projected service account token; the kubelet replaces it before it ends. */
  readonly tokenFile: string;
}

/** The agent of a node: it has the node's name, and an id by it, whichever pod it runs in. */
export function podIdentity({ nodeName, tokenFile }: PodIdentityOptions): AgentIdentity {
  return {
    agentId: nodeAgentId(nodeName),
    name: nodeName,
    async sessionHeaders() {
      return { authorization: `Bearer ${await readToken(tokenFile)}` };
    },
  };
}

async function readToken(path: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(
      `the token file ${path} cannot be read: mount a projected service account token with audience streamswarm there`,
      { cause: error },
    );
  }
  const token = text.trim();
  // Never said in the error: whatever it is, it may be a secret.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error(`the token file ${path} holds no token`);
  return token;
}
