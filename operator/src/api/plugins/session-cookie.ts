import cookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_SECONDS } from '../../access/logins.ts';
import type { Api } from '../api-instance.ts';

/**
 * The prefix has the browser refuse it unless it is Secure, for this host alone and for all paths: no other program on
 * a neighbouring name can plant one (RFC 6265bis, 4.1.3.2).
 */
export const SESSION_COOKIE = '__Host-streamswarm';
const FLAGS = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

export async function acceptCookies(app: Api): Promise<void> {
  await app.register(cookie);
}

/** Id of the session that a browser shows, or null. */
export function sessionIdOf(request: FastifyRequest): string | null {
  // Read here and not from request.cookies: guards run before that is there.
  const header = request.headers.cookie;
  if (header === undefined) return null;
  const value = request.server.parseCookie(header)[SESSION_COOKIE];
  return value === undefined || value === '' ? null : value;
}

export function giveSession(reply: FastifyReply, id: string): void {
  void reply.setCookie(SESSION_COOKIE, id, { ...FLAGS, maxAge: SESSION_SECONDS });
}

export function takeSession(reply: FastifyReply): void {
  void reply.clearCookie(SESSION_COOKIE, FLAGS);
}
