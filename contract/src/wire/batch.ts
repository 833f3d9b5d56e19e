import Type, { type Static } from 'typebox';
import { closed } from '../kinds/schema.ts';

/**
 * POST /agent/v1/batches: one frame. Four bytes (big-endian) say how long the word is, then the word as JSON,
 * then the batch exactly as it lies in the spool (zstd of its JSON), or nothing where only a word is due.
 * A batch never changes once cut: a replay is recognised by (agent, epoch, seq).
 */
export const MAX_BATCH_ROWS = 10_000;
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** Limit for the JSON of a batch, against zip bombs. */
export const MAX_BATCH_BYTES = 32 * 1024 * 1024;

/** [span, first slot, end slot): slots of one span, end exclusive. */
export const SpanSlots = Type.Tuple([
  Type.Integer({ minimum: 1 }),
  Type.Integer({ minimum: 0 }),
  Type.Integer({ minimum: 0 }),
]);
export type SpanSlots = Static<typeof SpanSlots>;

/**
 * The agent's word: every slot whose deadline (slotDeadlineMs) lies before `throughMs`, of every span planned
 * up to `planRevision`, is acknowledged or lies in the spool as listed.
 */
export const Word = Type.Object(
  {
    /** New at every start of the agent; words and batches are ordered by (epoch, seq). */
    epoch: Type.Integer({ minimum: 1 }),
    seq: Type.Integer({ minimum: 0 }),
    throughMs: Type.Integer({ minimum: 0 }),
    planRevision: Type.Integer({ minimum: 0 }),
    /** Slots in batches that wait in the spool. */
    spooled: Type.Array(SpanSlots, { maxItems: 200_000 }),
    spool: Type.Object(
      {
        batches: Type.Integer({ minimum: 0 }),
        bytes: Type.Integer({ minimum: 0 }),
        bad: Type.Integer({ minimum: 0 }),
      },
      closed,
    ),
  },
  closed,
);
export type Word = Static<typeof Word>;

export const SAMPLE_OUTCOMES = ['ok', 'lost', 'error'] as const;
export const RANGE_OUTCOMES = ['denied', 'dropped'] as const;
export const ERROR_SOURCES = ['target', 'network', 'resolver', 'local'] as const;
export type SampleOutcome = (typeof SAMPLE_OUTCOMES)[number];
export type RangeOutcome = (typeof RANGE_OUTCOMES)[number];
export type ErrorSource = (typeof ERROR_SOURCES)[number];

/** The samples of one kind of probe, column by column; every column has one entry a sample. */
export const SampleTable = Type.Object(
  {
    span: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: MAX_BATCH_ROWS }),
    slot: Type.Array(Type.Integer({ minimum: 0 }), { maxItems: MAX_BATCH_ROWS }),
    /** How late the slot began, in seconds: its quality, not part of any measurement. */
    lateSeconds: Type.Array(Type.Number({ minimum: -1, maximum: 200_000 }), { maxItems: MAX_BATCH_ROWS }),
    outcome: Type.Array(Type.Unsafe<SampleOutcome>({ type: 'string', enum: [...SAMPLE_OUTCOMES] }), {
      maxItems: MAX_BATCH_ROWS,
    }),
    source: Type.Array(Type.Unsafe<ErrorSource | null>({ enum: [...ERROR_SOURCES, null] }), {
      maxItems: MAX_BATCH_ROWS,
    }),
    reason: Type.Array(Type.Union([Type.String({ maxLength: 64 }), Type.Null()]), {
      maxItems: MAX_BATCH_ROWS,
    }),
    /** Address that was measured. */
    address: Type.Array(Type.Union([Type.String({ maxLength: 45 }), Type.Null()]), {
      maxItems: MAX_BATCH_ROWS,
    }),
    /** Why metrics of this sample are null: metric name -> reason; null where nothing is missing. */
    nulls: Type.Array(Type.Union([Type.Record(Type.String(), Type.String({ maxLength: 64 })), Type.Null()]), {
      maxItems: MAX_BATCH_ROWS,
    }),
    /** By metric name. */
    metrics: Type.Record(Type.String(), Type.Array(Type.Unknown(), { maxItems: MAX_BATCH_ROWS })),
  },
  closed,
);
export type SampleTable = Static<typeof SampleTable>;

/** Slots that no sample answers: denied by policy or dropped by this host, with the reason. */
export const SlotRangeAnswer = Type.Object(
  {
    span: Type.Integer({ minimum: 1 }),
    first: Type.Integer({ minimum: 0 }),
    end: Type.Integer({ minimum: 0 }),
    outcome: Type.Unsafe<RangeOutcome>({ type: 'string', enum: [...RANGE_OUTCOMES] }),
    /**
     * dropped: busy, late-plan, down, spool-full. denied: metadata-address, link-local, ...
     * `down` claims only what nothing else answers: the agent cannot know what was acknowledged before it died.
     */
    reason: Type.String({ minLength: 1, maxLength: 64 }),
  },
  closed,
);
export type SlotRangeAnswer = Static<typeof SlotRangeAnswer>;

export const Batch = Type.Object(
  {
    version: Type.Unsafe<1>({ type: 'integer', enum: [1] }),
    epoch: Type.Integer({ minimum: 1 }),
    seq: Type.Integer({ minimum: 0 }),
    /** Samples by kind of probe. */
    tables: Type.Record(Type.String(), SampleTable),
    ranges: Type.Array(SlotRangeAnswer, { maxItems: 100_000 }),
    /** Slots measured although they were due after the stream had closed: counted, thrown away. */
    surplus: Type.Array(
      Type.Object(
        {
          span: Type.Integer({ minimum: 1 }),
          count: Type.Integer({ minimum: 1 }),
          reason: Type.String({ maxLength: 64 }),
        },
        closed,
      ),
      { maxItems: 100_000 },
    ),
  },
  closed,
);
export type Batch = Static<typeof Batch>;

export const BatchAck = Type.Object({
  /** Null where only a word was sent. */
  acknowledged: Type.Union([Type.Object({ epoch: Type.Integer(), seq: Type.Integer() }), Type.Null()]),
  duplicate: Type.Boolean(),
  nowMs: Type.Number(),
});
export type BatchAck = Static<typeof BatchAck>;

/** Joins word and batch into one frame. */
export function encodeFrame(word: Word, batch: Uint8Array | null): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(word));
  const frame = new Uint8Array(4 + head.length + (batch?.length ?? 0));
  new DataView(frame.buffer).setUint32(0, head.length);
  frame.set(head, 4);
  if (batch !== null) frame.set(batch, 4 + head.length);
  return frame;
}

/** Takes a frame apart again; null where its lengths do not fit. The word is not validated here. */
export function decodeFrame(frame: Uint8Array): { word: unknown; batch: Uint8Array | null } | null {
  if (frame.length < 4) return null;
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0);
  if (length > frame.length - 4) return null;
  try {
    const word: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(4, 4 + length)),
    );
    return { word, batch: frame.length > 4 + length ? frame.subarray(4 + length) : null };
  } catch {
    return null;
  }
}
