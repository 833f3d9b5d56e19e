import { randomUUID } from 'node:crypto';
import { type Span, streamKey, streamOffsetMs } from '@streamswarm/contract';
import type { Database } from '@streamswarm/operator/store/database';

export interface PlantedSpan extends Span {
  readonly id: number;
  readonly agentId: string;
  readonly probe: string;
}

export interface Planter {
  readonly testUid: string;
  addAgent(id: string): Promise<void>;
  /** A span as planning would have opened it, but at a time of the test's choosing. */
  addSpan(
    of: { agentId: string; destination: string; probe?: string } & Omit<Span, 'offsetMs'> & {
        offsetMs?: number;
      },
  ): Promise<PlantedSpan>;
}

/** A test with one run in the store, to which agents and spans can be added for any time in the past. */
export async function plantTest(db: Database, name: string): Promise<Planter> {
  const [test] = await db.query<{ uid: string }>(
    `insert into stream_test (namespace, name, spec) values ('default', $1, '{"destinations": []}') returning uid`,
    [name],
  );
  const testUid = test?.uid ?? '';
  const runId = randomUUID();
  await db.query(
    `insert into run (id, test_uid, number, reason, start_ms, timing) values ($1, $2, 1, 'Created', 0, '{}')`,
    [runId, testUid],
  );
  return {
    testUid,
    async addAgent(id) {
      await db.query(
        `insert into agent (id, name, version, platform, addresses, capabilities) values ($1, $1, '0', '{}', '[]', '[]')`,
        [id],
      );
    },
    async addSpan({ agentId, destination, probe = 'icmp', startMs, periodMs, fromMs, toMs, offsetMs }) {
      const key = streamKey({ cluster: 'c', testUid, agent: agentId, destination, endpoint: '', probe });
      const offset = offsetMs ?? streamOffsetMs(key, periodMs);
      const [row] = await db.query<{ id: number }>(
        `insert into span (stream, test_uid, run_id, agent_id, destination, probe, kind, options, start_ms, period_ms,
                           offset_ms, from_ms, to_ms, opened_revision, revision)
         values ($1, $2, $3, $4, $5, $6, $6, '{}', $7, $8, $9, $10, $11, 1, 1) returning id::float8 as id`,
        [key, testUid, runId, agentId, destination, probe, startMs, periodMs, offset, fromMs, toMs],
      );
      return { id: row?.id ?? 0, agentId, probe, startMs, periodMs, fromMs, toMs, offsetMs: offset };
    },
  };
}
