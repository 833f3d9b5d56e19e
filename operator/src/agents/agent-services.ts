import { createHash, randomBytes } from 'node:crypto';
import { MAX_FRAME_BYTES, SESSION_MS } from '@streamswarm/contract';
import type { Logger } from 'pino';
import type { AgentServices } from '../api/services.ts';
import { REVOKED } from '../joining/joined-gate.ts';
import { isDataException } from '../store/data-exception.ts';
import { clockMs, type Database } from '../store/database.ts';
import { ingest } from '../store/ingest/ingest.ts';
import { readBatch, readWord } from '../store/ingest/read-batch.ts';
import { planOfAgent } from '../store/planning/plan-of-agent.ts';
import { findSession, openSession, SESSION_CHANNEL } from '../store/queries/agent-sessions.ts';
import { managePartitions } from '../store/tables/partitions.ts';
import { liveSessions } from './live-sessions.ts';
import { planBells } from './plan-bells.ts';
import { planStream } from './plan-stream.ts';
import { claimProblem } from './session-gate.ts';

export interface AgentServicesOptions {
  readonly db: Database;
  /** Connections for batches alone: a thousand agents that deliver must not keep a new plan waiting. */
  readonly ingestDb: Database;
  readonly cluster: string;
  readonly logger: Logger;
  /** A new agent changes what tests are assigned: plan again. */
  agentJoined(): void;
  /** How long a session lives, ms; an hour unless given. */
  readonly sessionMs?: number;
}

const BUSY_AFTER = 32;

/** Sessions, plans and batches of agents, on the store. */
export function agentServices(options: AgentServicesOptions): AgentServices {
  const { db, ingestDb, cluster, logger, agentJoined, sessionMs = SESSION_MS } = options;
  const partitions = managePartitions(ingestDb);
  const bells = planBells(db);
  const sessions = liveSessions({
    find: (key) => findSession(db, Buffer.from(key, 'hex')),
    onChange: (handler) => db.listen(SESSION_CHANNEL, handler),
    monotonicMs: () => performance.now(),
  });
  let inWork = 0;

  return {
    async openSession(request, caller, receivedAgoMs) {
      const askedMs = performance.now();
      const problem = claimProblem(caller, request.agentId);
      if (problem !== null) {
        logger.warn({ caller, claimed: request.agentId }, 'an agent claims the identity of another');
        return { kind: 'forbidden', detail: problem };
      }
      const token = randomBytes(32).toString('base64url');
      // Looking at a token takes tens of milliseconds, which are no error of the agent's clock.
      const nowMs = (await clockMs(db)) - receivedAgoMs - (performance.now() - askedMs);
      const opened = await openSession(db, { request, caller, tokenHash: hash(token), nowMs, sessionMs });
      if (opened.kind === 'revoked') return { kind: 'revoked', detail: REVOKED };
      if (opened.kind === 'unproven') {
        logger.warn(
          { caller, claimed: request.agentId },
          'somebody claims the identity of a host that has joined',
        );
        return {
          kind: 'forbidden',
          detail: 'This agent has joined over the network: it must sign for each session with its own key.',
        };
      }
      if (opened.kind === 'superseded') {
        const since = new Date(opened.laterEpoch).toISOString();
        logger.warn({ agentId: request.agentId, caller, since }, 'two agents have one identity');
        return {
          kind: 'superseded',
          detail: `Another agent with this identity started later, at ${since}, and is heard: stop one of the two. This one may go on once the other is silent.`,
        };
      }
      logger.info(
        { agent: request.name, version: request.version, kind: caller.kind, isNew: opened.isNew },
        'agent session',
      );
      if (opened.isNew) agentJoined();
      return { kind: 'opened', session: { token, cluster, nowMs: await clockMs(db) } };
    },

    authenticate: (token) => sessions.find(hash(token).toString('hex')),

    async *planLines(session, closed) {
      const { signal, release } = sessions.watch(session, closed);
      try {
        yield* planStream(
          {
            load: () => planOfAgent(db, session.agentId),
            nowMs: () => clockMs(db),
            onChange: (handler) => bells.onChange(session.agentId, handler),
          },
          signal,
        );
      } finally {
        release();
      }
    },

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
        const result = await ingest(ingestDb, partitions, {
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
