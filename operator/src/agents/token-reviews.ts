import { createHash } from 'node:crypto';
import type { TokenFacts } from '../kube/review-token.ts';

/** Asks the API server; null: it does not accept the token. Rejects where it cannot be asked. */
export type ReviewToken = (token: string) => Promise<TokenFacts | null>;

/** A token of a pod that is gone is refused after this at the latest. */
const KEEP_MS = 10_000;
const MOST_KEPT = 10_000;
/** Strangers with invented tokens must not become a load on the API server. */
const AT_ONCE = 32;
const MOST_WAITING = 2_000;

export class TooManyReviews extends Error {
  constructor() {
    super('too many tokens wait for their review');
  }
}

/**
 * Reviews tokens with a memory of ten seconds for those that were accepted, by their hash; one review for all that
 * show the same token at once, and a limit to how many are under way. Rejects with TooManyReviews beyond.
 */
export function rememberReviews(review: ReviewToken, monotonicMs: () => number): ReviewToken {
  const accepted = new Map<string, { readonly facts: TokenFacts; readonly untilMs: number }>();
  const underWay = new Map<string, Promise<TokenFacts | null>>();
  const turns = takeTurns(AT_ONCE, MOST_WAITING);

  const ask = async (token: string, key: string): Promise<TokenFacts | null> => {
    await turns.begin();
    try {
      const startedMs = monotonicMs();
      const facts = await review(token);
      if (facts !== null) {
        if (accepted.size >= MOST_KEPT) accepted.clear();
        accepted.set(key, { facts, untilMs: startedMs + KEEP_MS });
      }
      return facts;
    } finally {
      turns.end();
    }
  };

  return (token) => {
    const key = createHash('sha256').update(token).digest('base64');
    const known = accepted.get(key);
    if (known !== undefined && known.untilMs > monotonicMs()) return Promise.resolve(known.facts);
    accepted.delete(key);
    let asked = underWay.get(key);
    if (asked === undefined) {
      asked = ask(token, key).finally(() => underWay.delete(key));
      underWay.set(key, asked);
    }
    return asked;
  };
}

function takeTurns(atOnce: number, mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    async begin(): Promise<void> {
      if (running < atOnce) {
        running++;
        return;
      }
      if (waiting.length >= mostWaiting) throw new TooManyReviews();
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    /** Hands its turn on. */
    end(): void {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    },
  };
}
