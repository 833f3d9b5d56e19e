import type { Api } from '../api-instance.ts';
import { isLoopbackHost } from '../loopback.ts';
import { ApiProblem } from '../problems/api-problem.ts';
import { rememberLocal } from './request-identity.ts';
import { foreignChange, originOf, type RequestOrigin } from './request-origin.ts';

/**
 * Why a request is refused, or null. Without a login the browser is the only gate: a name other than loopback in
 * Host is DNS rebinding; a foreign Origin on a change is a forged request.
 */
export function refusal(request: RequestOrigin): ApiProblem | null {
  const { host } = request;
  if (host === undefined || !isLoopbackHost(host)) {
    return new ApiProblem(
      'misdirected-host',
      `This operator answers on localhost, 127.0.0.1 and [::1] only, not as ${JSON.stringify(host ?? '')}. Open it under one of these names.`,
    );
  }
  return foreignChange(request, 'http');
}

export function guardLoopback(app: Api): void {
  app.addHook('onRequest', async (request) => {
    const problem = refusal(originOf(request));
    if (problem !== null) throw problem;
    rememberLocal(request);
  });
}
