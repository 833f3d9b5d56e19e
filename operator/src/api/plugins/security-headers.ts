import type { Api } from '../api-instance.ts';

/** For answers that are data: nothing in them may load, run or be framed. */
const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Pages of the console get a policy of their own (console/page-policy.ts). */
export function hardenAnswers(app: Api): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': DATA_POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
}
