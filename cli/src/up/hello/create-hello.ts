import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProblemDetails, StreamTest } from '@streamswarm/contract';

const TRIES = 20;
const PAUSE_MS = 500;

/**
 * Creates the first test through the API, once in the life of a state folder: a user who deleted it does not get
 * it back. Answers what went wrong, or null.
 */
export async function createHello(
  manifest: StreamTest,
  { server, stateDir, signal }: { server: string; stateDir: string; signal: AbortSignal },
): Promise<string | null> {
  const marker = join(stateDir, 'hello-created');
  if (existsSync(marker)) return null;
  let problem = '';
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await post(`${server}/api/v1/tests`, manifest, signal);
    // 409: the store has one, from another state folder or by hand.
    if (answer.status === 409 || (answer.status >= 200 && answer.status < 300)) {
      writeFileSync(marker, `${manifest.metadata.name}\n`);
      return null;
    }
    problem = answer.problem;
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) break;
    await delay(PAUSE_MS, undefined, { signal });
  }
  return problem;
}

async function post(
  url: string,
  body: StreamTest,
  signal: AbortSignal,
): Promise<{ status: number; problem: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
    const text = await response.text();
    return { status: response.status, problem: response.ok ? '' : problemText(response.status, text) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { status: 503, problem: String(error) };
  }
}

function problemText(status: number, text: string): string {
  try {
    const { detail, problems } = JSON.parse(text) as Partial<ProblemDetails>;
    return [detail, ...(problems ?? []).map(({ path, message }) => `${path}: ${message}`)].join('; ');
  } catch {
    return `HTTP ${status}`;
  }
}
