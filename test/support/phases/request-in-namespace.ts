import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../../agent/src/probes/http/run-http.ts';
import type { ProbeOutcome } from '../../../agent/src/probes/probe-outcome.ts';
import type { Namespace } from '../net/namespace.ts';
import { ownReach } from './own-reach.ts';

export interface Request {
  readonly url: string;
  /** Where every name leads. */
  readonly address: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly tries: number;
}

/** Slots of http out of a namespace, one after the other, each on a new connection. */
export async function requestInNamespace(namespace: Namespace, request: Request): Promise<ProbeOutcome[]> {
  const script = fileURLToPath(import.meta.url);
  const words = ['netns', 'exec', namespace.name, process.execPath, script, JSON.stringify(request)];
  const { stdout } = await promisify(execFile)('ip', words);
  return JSON.parse(stdout) as ProbeOutcome[];
}

async function main({ url, address, options = {}, tries }: Request): Promise<void> {
  const found: ProbeOutcome[] = [];
  const settings = httpSettings({ timeout: '15s', ...options }, 20_000);
  for (let i = 0; i < tries; i++) {
    const outcome = await runHttp(new URL(url), settings, ownReach(address));
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    found.push(outcome);
  }
  process.stdout.write(JSON.stringify(found));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(JSON.parse(process.argv[2] ?? '') as Request);
}
