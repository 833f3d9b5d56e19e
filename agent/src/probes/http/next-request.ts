import type { Message } from './message.ts';
import type { Weighed } from './weigh-answer.ts';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

export type Next = { readonly url: URL; readonly message: Message } | { readonly refused: string } | null;

/**
 * The request that an answer leads to (RFC 9110, 15.4), null where it is the last. Fields and body that people put
 * into a test are for the origin they named: another origin gets none of them.
 */
export function nextRequest(
  url: URL,
  message: Message,
  { status, headers }: Pick<Weighed, 'status' | 'headers'>,
): Next {
  if (!REDIRECTS.has(status) || headers.location === undefined) return null;
  let next: URL;
  try {
    next = new URL(headers.location, url);
  } catch {
    return { refused: 'redirect-malformed' };
  }
  if (next.protocol !== 'http:' && next.protocol !== 'https:') return { refused: 'redirect-not-http' };
  if (url.protocol === 'https:' && next.protocol === 'http:' && message.body !== null)
    return { refused: 'redirect-to-plain-http' };
  const isSame = next.origin === url.origin;
  const becomesGet = status === 303 || (status < 303 && message.method === 'POST');
  const method = becomesGet && message.method !== 'HEAD' ? 'GET' : message.method;
  const body = isSame && !becomesGet ? message.body : null;
  return { url: next, message: { ...message, method, body, headers: isSame ? message.headers : [] } };
}
