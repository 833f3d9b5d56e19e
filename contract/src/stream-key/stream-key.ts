import { createHash } from 'node:crypto';

/** What makes a stream that stream: one series of one probe. */
export interface StreamIdentity {
  readonly cluster: string;
  readonly testUid: string;
  readonly agent: string;
  /** Name of the destination in the test; empty for probes of the agent itself (host). */
  readonly destination: string;
  /** The far agent in a mesh, else empty. */
  readonly endpoint: string;
  /** Name of the probe in the test. */
  readonly probe: string;
}

/**
 * The key of a stream: the first 63 bits of a SHA-256, so that it fits Postgres's int8 and each side computes
 * it without asking. A length stands before each part, so that no two identities join to the same text.
 */
export function streamKey(identity: StreamIdentity): bigint {
  const { cluster, testUid, agent, destination, endpoint, probe } = identity;
  const hash = createHash('sha256');
  for (const part of [cluster, testUid, agent, destination, endpoint, probe]) {
    hash.update(`${Buffer.byteLength(part)}:${part}`);
  }
  return hash.digest().readBigUInt64BE(0) >> 1n;
}

/** Where in its period a stream is due, in milliseconds: this spreads the streams over the period. */
export function streamOffsetMs(key: bigint, periodMs: number): number {
  return Number(key % BigInt(periodMs));
}
