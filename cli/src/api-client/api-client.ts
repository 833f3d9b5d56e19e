import type { ProblemDetails } from '@streamswarm/contract';
import { CommandFailed, EXIT, type ExitCode } from '../exit-codes.ts';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface Request {
  readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly json?: unknown;
}

/** The API of an operator, by its address. Whatever is not an answer becomes a CommandFailed. */
export interface ApiClient {
  readonly server: string;
  call<T>(path: string, request?: Request): Promise<Answer<T>>;
  /** An answer that is a file; its body is read by the caller. */
  stream(path: string): Promise<Response>;
}

export function apiClient(server: string, token: string | null = null): ApiClient {
  const ask = async (path: string, { method = 'GET', json }: Request): Promise<Response> => {
    const headers = new Headers();
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    const init: RequestInit = { method, headers };
    if (json !== undefined) {
      headers.set('content-type', 'application/json');
      init.body = JSON.stringify(json);
    }
    let answer: Response;
    try {
      answer = await fetch(new URL(path, server), init);
    } catch (cause) {
      throw new CommandFailed(unreachable(server, cause), EXIT.unreachable, { cause });
    }
    if (!answer.ok) throw await refusal(answer, server);
    return answer;
  };
  return {
    server,
    async call<T>(path: string, request: Request = {}) {
      const answer = await ask(path, request);
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        body: (text === '' ? null : JSON.parse(text)) as T,
      };
    },
    stream: (path) => ask(path, {}),
  };
}

function unreachable(server: string, cause: unknown): string {
  const { message, cause: inner } = cause as Error & { cause?: { code?: string; message?: string } };
  const why = inner?.code ?? inner?.message ?? message;
  if (/CERT|SIGNATURE|ISSUER/.test(why)) {
    return `The certificate of ${server} is not believed (${why}). Give the operator's CA with --ca-file (STREAMSWARM_CA_FILE).`;
  }
  return `${server} does not answer (${why}). Is the operator running there? Start one with "streamswarm up", or name another with --server (STREAMSWARM_SERVER).`;
}

const EXITS: Readonly<Record<number, ExitCode>> = { 404: EXIT.notFound, 503: EXIT.unreachable };

async function refusal(answer: Response, server: string): Promise<CommandFailed> {
  const text = await answer.text();
  const problem = parseProblem(text);
  if (answer.status === 401) {
    return new CommandFailed(
      `${problem?.detail ?? `${server} asks for a login.`} Give an API token with --token (STREAMSWARM_TOKEN); Settings of the console makes them.`,
      EXIT.refused,
    );
  }
  const exit = EXITS[answer.status] ?? (answer.status < 500 ? EXIT.refused : EXIT.failed);
  if (problem === null) {
    return new CommandFailed(
      `${server} answered ${answer.status}, and not as an operator of StreamSwarm does.`,
      exit,
    );
  }
  const fields = (problem.problems ?? []).map(
    ({ path, message }) => `\n  ${path === '' ? '' : `${path}: `}${message}`,
  );
  return new CommandFailed(fields.length > 0 ? `${problem.title}:${fields.join('')}` : problem.detail, exit);
}

function parseProblem(text: string): ProblemDetails | null {
  try {
    const value = JSON.parse(text) as ProblemDetails;
    return typeof value?.detail === 'string' && typeof value.title === 'string' ? value : null;
  } catch {
    return null;
  }
}
