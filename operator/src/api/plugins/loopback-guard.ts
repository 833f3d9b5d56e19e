import type { Api } from '../api-instance.ts';
import { isLoopbackHost } from '../loopback.ts';
import { ApiProblem } from '../problems/api-problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site (Fetch Metadata): what the browser says of the page that asks. */
  readonly fetchSite: string | undefined;
}

/**
 * Why a request is refused, or null. Without a login the browser is the only gate: a name other than loopback in
 * Host is DNS rebinding; a foreign Origin on a change is a forged request. `same-site` is foreign too, because
 * sites ignore the port and any other program on localhost is another origin.
 */
export function refusal({ method, host, origin, fetchSite }: RequestOrigin): ApiProblem | null {
  if (host === undefined || !isLoopbackHost(host)) {
    return new ApiProblem(
      'misdirected-host',
      `This operator answers on localhost, 127.0.0.1 and [::1] only, not as ${JSON.stringify(host ?? '')}. Open it under one of these names.`,
    );
  }
  if (READS.has(method)) return null;
  const foreignOrigin = origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
  const foreignSite = fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
  return foreignOrigin || foreignSite
    ? new ApiProblem(
        'cross-origin',
        'A page of another origin asked for a change; this is refused. Use the console of this operator, or a program that sends no Origin.',
      )
    : null;
}

export function guardLoopback(app: Api): void {
  app.addHook('onRequest', async ({ method, headers }) => {
    const site = headers['sec-fetch-site'];
    const problem = refusal({
      method,
      host: headers.host,
      origin: headers.origin,
      fetchSite: typeof site === 'string' ? site : undefined,
    });
    if (problem !== null) throw problem;
  });
}
