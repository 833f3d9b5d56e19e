import type { SpanSlots } from '@streamswarm/contract/wire/batch';
import { joinRuns } from './slot-runs.ts';

/** Slots of neighbouring batches join well: 64 batches of 1,000 streams are 1,000 runs, and not 64,000. */
const MEMBERS = 64;

/** Some members in the order in which they came, and their slots joined; null where those must be joined anew. */
interface Group<Member> {
  readonly members: Set<Member>;
  runs: SpanSlots[] | null;
  /** How many ever came; a full group takes no more, also when members have left. */
  taken: number;
}
interface Segment extends Group<string> {
  readonly block: Block;
}
type Block = Group<Segment>;

/**
 * Which slots lie in the spool, without remembering what each file holds: a backlog of days is tens of thousands of
 * files and millions of slots. Files form segments and segments blocks, each with its slots joined. When a file
 * leaves, the files of its segment are asked again what they hold, and nothing beyond its block is joined anew.
 */
export class SpooledSlots {
  readonly #readRuns: (file: string) => readonly SpanSlots[];
  readonly #blocks = new Set<Block>();
  readonly #segmentOf = new Map<string, Segment>();
  #newest: Segment | null = null;
  #joined: SpanSlots[] | null = [];

  /** `readRuns` says what a file holds; nothing where it cannot be read. */
  constructor(readRuns: (file: string) => readonly SpanSlots[]) {
    this.#readRuns = readRuns;
  }

  add(file: string, runs: readonly SpanSlots[]): void {
    const segment = this.#openSegment();
    segment.members.add(file);
    segment.taken++;
    segment.runs?.push(...runs);
    if (segment.taken >= MEMBERS && segment.runs !== null) segment.runs = joinRuns(segment.runs);
    segment.block.runs = null;
    this.#segmentOf.set(file, segment);
    this.#joined = null;
  }

  remove(file: string): void {
    const segment = this.#segmentOf.get(file);
    if (segment === undefined) return;
    const { block } = segment;
    this.#segmentOf.delete(file);
    segment.members.delete(file);
    segment.runs = segment.members.size === 0 ? [] : null;
    block.runs = null;
    if (segment.members.size === 0 && segment !== this.#newest) block.members.delete(segment);
    if (block.members.size === 0) this.#blocks.delete(block);
    this.#joined = null;
  }

  /** Every slot, joined; the list is not copied. */
  list(): readonly SpanSlots[] {
    this.#joined ??= joinRuns([...this.#blocks].flatMap((block) => this.#runsOfBlock(block)));
    return this.#joined;
  }

  #openSegment(): Segment {
    if (this.#newest !== null && this.#newest.taken < MEMBERS) return this.#newest;
    let block = this.#newest?.block;
    if (block === undefined || block.taken >= MEMBERS) block = { members: new Set(), runs: null, taken: 0 };
    const segment: Segment = { members: new Set(), runs: [], taken: 0, block };
    block.members.add(segment);
    block.taken++;
    this.#blocks.add(block);
    this.#newest = segment;
    return segment;
  }

  #runsOfBlock(block: Block): readonly SpanSlots[] {
    block.runs ??= joinRuns([...block.members].flatMap((segment) => this.#runsOfSegment(segment)));
    return block.runs;
  }

  #runsOfSegment(segment: Segment): readonly SpanSlots[] {
    segment.runs ??= joinRuns([...segment.members].flatMap((file) => this.#readRuns(file)));
    return segment.runs;
  }
}
