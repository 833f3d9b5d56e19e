import { createHash, randomBytes } from 'node:crypto';
import { MAX_FRAME_BYTES } from '@streamswarm/contract';
import type { Logger } from 'pino';
import type { AgentServices } from '../api/services.ts';
import { isDataException } from '../store/data-exception.ts';
import { clockMs, type Database } from '../store/database.ts';
import { ingest } from '../store/ingest/ingest.ts';
import { readBatch, readWord } from '../store/ingest/read-batch.ts';
import { planOfAgent } from '../store/planning/plan-of-agent.ts';
import { PLAN_CHANNEL } from '../store/planning/plan-test.ts';
import { findSession, openSession } from '../store/queries/agent-sessions.ts';
import { managePartitions } from '../store/tables/partitions.ts';
import { planStream } from './plan-stream.ts';

export interface AgentServicesOptions {
  readonly db: Database;
  readonly cluster: string;
  readonly logger: Logger;
  /** A new agent changes what tests are assigned: plan again. */
  agentJoined(): void;
}

const KNOWN_TOKENS_MS = 10_000;
const BUSY_AFTER = 32;

/** Sessions, plans and batches of agents, on the store. */
export function agentServices({ db, cluster, logger, agentJoined }: AgentServicesOptions): AgentServices {
  const partitions = managePartitions(db);
  const known = new Map<string, { agentId: string; untilMs: number }>();
  let inWork = 0;

  return {
    async openSession(request) {
      const nowMs = await clockMs(db);
      const token = randomBytes(32).toString('base64url');
      const { isNew } = await openSession(db, request, hash(token), nowMs);
      logger.info({ agent: request.name, version: request.version, isNew }, 'agent session');
      if (isNew) agentJoined();
      return { token, cluster, nowMs: await clockMs(db) };
    },

    async authenticate(token) {
      const entry = known.get(token);
      if (entry !== undefined && entry.untilMs > performance.now()) return entry.agentId;
      known.delete(token);
      const agentId = await findSession(db, hash(token));
      if (agentId !== null) {
        if (known.size > 10_000) known.clear();
        known.set(token, { agentId, untilMs: performance.now() + KNOWN_TOKENS_MS });
      }
      return agentId;
    },

    planLines: (agentId, signal) =>
      planStream(
        {
          load: () => planOfAgent(db, agentId),
          nowMs: () => clockMs(db),
          onChange: (handler) => db.listen(PLAN_CHANNEL, handler),
        },
        signal,
      ),

    async ingest(agentId, wordValue, bytes) {
      const word = readWord(wordValue);
      if (word === null) return { kind: 'invalid', detail: 'the word of the frame does not fit its schema' };
      if (bytes !== null && bytes.length > MAX_FRAME_BYTES)
        return { kind: 'invalid', detail: `more than ${MAX_FRAME_BYTES} bytes` };
      const read = bytes === null ? null : readBatch(bytes);
      if (read !== null && !read.ok) return { kind: 'invalid', detail: read.detail };
      if (inWork >= BUSY_AFTER) return { kind: 'busy', retryAfterSeconds: 1 };
      inWork++;
      try {
        const result = await ingest(db, partitions, {
          agentId,
          word,
          batch: read?.batch ?? null,
          bytes: bytes?.length ?? 0,
        });
        if (result.foreign > 0)
          logger.warn({ agentId, answers: result.foreign }, 'answers for streams of others refused');
        return { kind: 'ack', ack: result.ack };
      } catch (error) {
        if (!isDataException(error)) throw error;
        logger.warn({ err: error, agentId }, 'a batch with a value that no column takes was refused');
        return { kind: 'invalid', detail: `a value does not fit its column: ${error.message}` };
      } finally {
        inWork--;
      }
    },
  };
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
