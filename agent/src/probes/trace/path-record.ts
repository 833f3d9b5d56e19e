import type { TraceHop } from '@streamswarm/contract/probes/trace';
import type { TraceAnswer } from './read-answer.ts';

type Answered = Exclude<TraceAnswer, { kind: 'silent' | 'unsent' }>;

/** The answers of one trace, by TTL and packet. */
export class PathRecord {
  readonly #to: string;
  readonly #answers = new Map<number, TraceAnswer[]>();

  constructor(to: string) {
    this.#to = to;
  }

  /** Takes the answer to the nth packet (from 0) with this TTL. */
  add(ttl: number, packet: number, answer: TraceAnswer): void {
    const answers = this.#answers.get(ttl) ?? [];
    answers[packet] = answer;
    this.#answers.set(ttl, answers);
  }

  /** The smallest TTL at which the destination answered, or null. */
  get hops(): number | null {
    return this.#smallest('destination');
  }

  /** Where the path ended: at the destination, else where nothing goes on; null: unknown. */
  get end(): number | null {
    return this.hops ?? this.#smallest('unreachable');
  }

  /** The largest TTL up to the end at which anything answered. */
  get lastRespondingTtl(): number | null {
    const end = this.end ?? Number.POSITIVE_INFINITY;
    const ttls = [...this.#answers].flatMap(([ttl, answers]) =>
      ttl <= end && answers.some(isAnswered) ? [ttl] : [],
    );
    return ttls.length === 0 ? null : Math.max(...ttls);
  }

  /** Why nothing was sent, where that is so. */
  get unsentReason(): string | null {
    const answers = [...this.#answers.values()].flat();
    const unsent = answers.find((answer) => answer.kind === 'unsent');
    return unsent !== undefined && answers.every(({ kind }) => kind === 'unsent') ? unsent.reason : null;
  }

  /** Every packet that says something about the path, up to its end. */
  counts(): { sent: number; received: number } {
    const end = this.end ?? Number.POSITIVE_INFINITY;
    const answers = [...this.#answers].flatMap(([ttl, of]) => (ttl <= end ? of.filter(isSent) : []));
    return { sent: answers.length, received: answers.filter(isAnswered).length };
  }

  /** Each TTL up to the last that answered. */
  path(): TraceHop[] {
    return Array.from({ length: this.lastRespondingTtl ?? 0 }, (_, i) => this.#hop(i + 1));
  }

  #hop(ttl: number): TraceHop {
    const sent = (this.#answers.get(ttl) ?? []).filter(isSent);
    const answered = sent.filter(isAnswered);
    const addresses = new Set(answered.map((answer) => this.#addressOf(answer)));
    const [address = null, ...others] = addresses;
    const own = answered.filter((answer) => this.#addressOf(answer) === address);
    const unreachable = own.find((answer) => answer.kind === 'unreachable');
    return {
      ttl,
      address,
      sent: sent.length - (answered.length - own.length),
      rtts_seconds: own.map(({ rttSeconds }) => rttSeconds),
      ...(unreachable === undefined ? {} : { unreachable: unreachable.reason }),
      ...(others.length === 0 ? {} : { others }),
    };
  }

  #addressOf(answer: Answered): string {
    return answer.kind === 'destination' ? this.#to : answer.address;
  }

  #smallest(kind: TraceAnswer['kind']): number | null {
    const ttls = [...this.#answers].flatMap(([ttl, answers]) =>
      answers.some((answer) => answer.kind === kind) ? [ttl] : [],
    );
    return ttls.length === 0 ? null : Math.min(...ttls);
  }
}

const isSent = ({ kind }: TraceAnswer): boolean => kind !== 'unsent';
const isAnswered = (answer: TraceAnswer): answer is Answered =>
  answer.kind !== 'silent' && answer.kind !== 'unsent';
