import { createHash } from 'node:crypto';

/**
 * The id of the agent on a node: by its name alone, so that each pod on it goes on with the same series, and so
 * that operator and agent know it without asking. A UUID of version 8 (RFC 9562, 5.8): the first 122 bits of a
 * SHA-256. Ids that a standalone agent makes are random (version 4), so the two never meet.
 */
export function nodeAgentId(nodeName: string): string {
  const bytes = createHash('sha256').update(`streamswarm agent of node ${nodeName}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether an id has the form of those that `nodeAgentId` makes: nobody but the pod on that node may claim it. */
export function isNodeAgentId(agentId: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(agentId);
}
