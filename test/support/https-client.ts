import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  json<T>(): T;
}

export interface HttpsWish {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly session?: string;
}

/** Speaks to one server by TLS, trusts one CA, and says what a browser on a page of that server would say. */
export function httpsClient(origin: string, ca: string) {
  return (
    path: string,
    { method = 'GET', headers = {}, body, session }: HttpsWish = {},
  ): Promise<HttpsAnswer> =>
    new Promise((resolve, reject) => {
      const all = {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' ? {} : { origin }),
        ...(session === undefined ? {} : { cookie: `__Host-streamswarm=${session}` }),
        ...headers,
      };
      const asked = request(new URL(path, origin), { method, headers: all, ca, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const json = <T>() => JSON.parse(text) as T;
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, json });
        });
      });
      asked.on('error', reject);
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
}

/** The session that an answer gives to a browser; null where it gives none. */
export function sessionIn({ headers }: HttpsAnswer): string | null {
  const given = headers['set-cookie']?.find((cookie) => cookie.startsWith('__Host-streamswarm='));
  const value = given?.split(';')[0]?.split('=')[1];
  return value === undefined || value === '' ? null : value;
}
