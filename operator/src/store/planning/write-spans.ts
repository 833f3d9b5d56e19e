import type { WishedStream } from '../../domain/assignments/decide-assignments.ts';
import type { SpanChanges } from '../../domain/assignments/decide-spans.ts';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { Transaction } from '../database.ts';

/** One statement each, however many spans: a test may have thousands. */

export async function closeSpans(
  tx: Transaction,
  ids: SpanChanges['close'],
  { toMs, revision }: { toMs: number; revision: number },
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    'update span set to_ms = least(coalesce(to_ms, $2), $2), revision = $3 where id = any($1::int8[])',
    [ids, toMs, revision],
  );
}

export async function changeSpans(
  tx: Transaction,
  changes: SpanChanges['change'],
  revision: number,
): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `update span set options = changed.options, target = changed.target, revision = $4
     from unnest($1::int8[], $2::jsonb[], $3::jsonb[]) as changed (id, options, target)
     where span.id = changed.id`,
    [
      changes.map(({ id }) => id),
      changes.map(({ wish }) => JSON.stringify(wish.options)),
      changes.map(({ wish }) => jsonOrNull(wish.target)),
      revision,
    ],
  );
}

export async function openSpans(
  tx: Transaction,
  wishes: readonly WishedStream[],
  opened: { testUid: string; run: RunRecord; nowMs: number; revision: number },
): Promise<void> {
  if (wishes.length === 0) return;
  const { testUid, run, nowMs, revision } = opened;
  await tx.query(
    `insert into span (stream, test_uid, run_id, agent_id, destination, endpoint, probe, kind, options, target,
                       start_ms, period_ms, offset_ms, from_ms, to_ms, opened_revision, revision)
     select stream, $1, $2, agent_id, destination, endpoint, probe, kind, options, target, $3, period_ms, offset_ms,
            $4, $5, $6, $6
     from unnest($7::int8[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::jsonb[], $14::jsonb[],
                 $15::int8[], $16::int8[])
       as wish (stream, agent_id, destination, endpoint, probe, kind, options, target, period_ms, offset_ms)`,
    [
      testUid,
      run.id,
      run.startMs,
      nowMs,
      run.plannedEndMs,
      revision,
      wishes.map((wish) => wish.stream),
      wishes.map((wish) => wish.agentId),
      wishes.map((wish) => wish.destination),
      wishes.map((wish) => wish.endpoint),
      wishes.map((wish) => wish.probe),
      wishes.map((wish) => wish.kind),
      wishes.map((wish) => JSON.stringify(wish.options)),
      wishes.map((wish) => jsonOrNull(wish.target)),
      wishes.map((wish) => wish.periodMs),
      wishes.map((wish) => wish.offsetMs),
    ],
  );
}

function jsonOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
