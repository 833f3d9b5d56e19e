import { TOKEN_AUDIENCE } from '@streamswarm/contract';
import type { Logger } from 'pino';
import { admitToken, type SessionGate } from './session-gate.ts';
import { type ReviewToken, rememberReviews, TooManyReviews } from './token-reviews.ts';

export interface PodGateOptions {
  readonly reviewToken: ReviewToken;
  /** Of the service account that agent pods run as. */
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly logger: Pick<Logger, 'warn'>;
  monotonicMs(): number;
}

/** Lets in the agents of pods, by their projected token, and nobody else. */
export function podGate(options: PodGateOptions): SessionGate {
  const { namespace, serviceAccount, logger, monotonicMs } = options;
  const review = rememberReviews(options.reviewToken, monotonicMs);
  const account = { audience: TOKEN_AUDIENCE, namespace, serviceAccount };
  return async (authorization) => {
    const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) {
      return {
        kind: 'unauthenticated',
        detail: `A session needs the projected service account token of the agent pod (audience ${TOKEN_AUDIENCE}) as bearer token.`,
      };
    }
    try {
      const facts = await review(token);
      if (facts !== null) return admitToken(facts, account);
    } catch (error) {
      if (!(error instanceof TooManyReviews)) logger.warn({ err: error }, 'a token could not be reviewed');
      return {
        kind: 'unavailable',
        detail:
          'Who asks cannot be checked right now: the API server does not answer, or too many ask at once. Try again.',
      };
    }
    return {
      kind: 'unauthenticated',
      detail:
        'The API server does not accept this token: it has expired, its pod is gone, or it is made for another audience.',
    };
  };
}
