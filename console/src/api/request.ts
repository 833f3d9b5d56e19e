import type { ProblemDetails } from '@streamswarm/contract/wire/problem-details';
import { report } from './connection.ts';
import { isLoginPage, loginAddress } from './login-address.ts';

/** An answer that is none. `problem` is what the API said; null where nothing that it understands answered. */
export class RequestError extends Error {
  readonly request: string;
  readonly status: number | null;
  readonly problem: ProblemDetails | null;

  constructor(
    request: string,
    given: { status: number | null; problem: ProblemDetails | null; cause?: unknown },
  ) {
    super(given.problem?.detail ?? reasonWithoutAnswer(given.status), { cause: given.cause });
    this.request = request;
    this.status = given.status;
    this.problem = given.problem;
  }
}

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return send<T>('GET', path, signal === undefined ? {} : { signal });
}

/** Sends a request of the API. Throws a RequestError unless it was answered with success. */
export async function send<T>(
  method: string,
  path: string,
  options: { readonly body?: unknown; readonly yaml?: string; readonly signal?: AbortSignal } = {},
): Promise<T> {
  const response = await successOf(method, path, { ...bodyOf(options), ...signalOf(options) });
  const text = await response.text();
  return (text === '' ? null : JSON.parse(text)) as T;
}

/** A file that is small enough to be held whole, with the name that the operator gives it. */
export async function fetchFile(path: string): Promise<{ name: string; content: Blob }> {
  const response = await successOf('GET', path, {});
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name: name ?? 'export', content: await response.blob() };
}

async function successOf(method: string, path: string, init: RequestInit): Promise<Response> {
  const request = `${method} ${path}`;
  const response = await answerTo(request, path, { method, ...init });
  if (!response.ok) {
    const problem = readProblem(await response.text());
    const error = new RequestError(request, { status: response.status, problem });
    if (response.status >= 500) reportFailure(request, `${response.status} ${problem?.code ?? 'no answer'}`);
    else report({ type: 'answered', atMs: Date.now() });
    if (problem?.code === 'login-needed') goToLogin();
    throw error;
  }
  report({ type: 'answered', atMs: Date.now() });
  return response;
}

let isLoggingOut = false;

/** Who logs out is not led back here: a request of the page that comes too late must not decide where it goes on. */
export function markLogout(isGoing: boolean): void {
  isLoggingOut = isGoing;
}

/** A whole new page: what was read under the former login is gone with the old one. */
function goToLogin(): void {
  const { pathname, search } = window.location;
  if (!isLoginPage(pathname) && !isLoggingOut) window.location.assign(loginAddress(`${pathname}${search}`));
}

async function answerTo(request: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, cache: 'no-store' });
  } catch (cause) {
    // A request that this page gave up says nothing of the operator.
    if (!(cause instanceof DOMException && cause.name === 'AbortError'))
      reportFailure(request, 'no connection');
    throw new RequestError(request, { status: null, problem: null, cause });
  }
}

function bodyOf({ body, yaml }: { body?: unknown; yaml?: string }): RequestInit {
  if (yaml !== undefined) return { body: yaml, headers: { 'content-type': 'application/yaml' } };
  if (body !== undefined)
    return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return {};
}

function signalOf({ signal }: { signal?: AbortSignal }): RequestInit {
  return signal === undefined ? {} : { signal };
}

function readProblem(text: string): ProblemDetails | null {
  try {
    const value = JSON.parse(text) as Partial<ProblemDetails> | null;
    return typeof value?.detail === 'string' && typeof value.code === 'string'
      ? (value as ProblemDetails)
      : null;
  } catch {
    return null;
  }
}

function reportFailure(what: string, outcome: string): void {
  report({ type: 'failed', atMs: Date.now(), what: what.split('?')[0] ?? what, outcome });
}

function reasonWithoutAnswer(status: number | null): string {
  return status === null
    ? 'The operator does not answer. Is it still running? Nothing is lost: agents go on measuring.'
    : `The operator answered ${status} without saying why.`;
}
