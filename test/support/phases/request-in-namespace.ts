import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { httpSettings } from '@streamswarm/contract';
import { runHttp } from '../../../agent/src/probes/http/run-http.ts';
import type { Namespace } from '../net/namespace.ts';
import { ownReach } from './own-reach.ts';

export type PhaseSeconds = Readonly<Record<'connect' | 'tls' | 'ttfb' | 'download', number>>;

/** Requests out of a namespace, one after the other, each on a new connection. */
export async function requestInNamespace(
  namespace: Namespace,
  { address, port, tries }: { readonly address: string; readonly port: number; readonly tries: number },
): Promise<PhaseSeconds[]> {
  const script = fileURLToPath(import.meta.url);
  const words = [
    'netns',
    'exec',
    namespace.name,
    process.execPath,
    script,
    address,
    String(port),
    String(tries),
  ];
  const { stdout } = await promisify(execFile)('ip', words);
  return JSON.parse(stdout) as PhaseSeconds[];
}

async function main([address = '', port = '', tries = '']: readonly string[]): Promise<void> {
  const found: PhaseSeconds[] = [];
  for (let i = 0; i < Number(tries); i++) {
    const url = new URL(`https://shop.example.net:${port}/`);
    const outcome = await runHttp(url, httpSettings({ timeout: '10s' }, 20_000), ownReach(address));
    if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
    const phases = ['connect', 'tls', 'ttfb', 'download'].map((phase) => [
      phase,
      outcome.metrics[`${phase}_seconds`],
    ]);
    found.push(Object.fromEntries(phases) as PhaseSeconds);
  }
  process.stdout.write(JSON.stringify(found));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
