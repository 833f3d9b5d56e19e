import type { FastifyRequest } from 'fastify';
import { ApiProblem } from '../problems/api-problem.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface RequestOrigin {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site (Fetch Metadata): what the browser says of the page that asks. */
  readonly fetchSite: string | undefined;
}

export function originOf({ method, headers }: FastifyRequest): RequestOrigin {
  const site = headers['sec-fetch-site'];
  return {
    method,
    host: headers.host,
    origin: headers.origin,
    fetchSite: typeof site === 'string' ? site : undefined,
  };
}

/**
 * A change that a page of another origin asks for, or null. `same-site` is foreign too, because sites ignore the port
 * and any other program on this host is another origin.
 */
export function foreignChange(request: RequestOrigin, scheme: 'http' | 'https'): ApiProblem | null {
  if (READS.has(request.method)) return null;
  const { origin, fetchSite } = request;
  const foreignOrigin = origin !== undefined && !isOwn(request, scheme);
  const foreignSite = fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none';
  return foreignOrigin || foreignSite ? crossOrigin() : null;
}

/**
 * A change that nothing proves to be asked for by a page of ours, or null. For requests that a cookie speaks for: the
 * browser adds it by itself, so the page must be known.
 */
export function unprovenChange(request: RequestOrigin): ApiProblem | null {
  if (READS.has(request.method)) return null;
  const proven = request.origin === undefined ? request.fetchSite === 'same-origin' : isOwn(request, 'https');
  return proven ? foreignChange(request, 'https') : crossOrigin();
}

function isOwn({ host, origin }: RequestOrigin, scheme: 'http' | 'https'): boolean {
  return host !== undefined && origin?.toLowerCase() === `${scheme}://${host.toLowerCase()}`;
}

function crossOrigin(): ApiProblem {
  return new ApiProblem(
    'cross-origin',
    'A page of another origin asked for a change; this is refused. Use the console of this operator, or a program that sends no Origin.',
  );
}
