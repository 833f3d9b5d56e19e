import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { type ProgramResult, runProgram } from '../support/cluster/run-program.ts';
import { toolFile } from '../support/cluster/tools/cache-entry.ts';
import { recipeOf } from '../support/cluster/tools/catalogue.ts';
import { ensureTools } from '../support/cluster/tools.ts';
import { needs } from '../support/needs.ts';

export const CHART = fileURLToPath(new URL('../../charts/streamswarm', import.meta.url));
export const NAMESPACE = 'streamswarm';

/** A rendered object, as far as these tests look at it. */
export interface Rendered {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** A test that needs Helm: skipped loudly where it is neither in the cache nor can be built. */
export function helmTest(name: string, body: () => Promise<void>): void {
  test(name, async (t) => {
    if (needs(t, canHaveHelm(), 'Go, to build Helm once (https://go.dev/dl/)')) await body();
  });
}

const canHaveHelm = (): boolean =>
  existsSync(toolFile('helm', recipeOf('helm'))) || spawnSync('go', ['version']).status === 0;

/** Real Helm, with folders of its own: a user's plug-ins and settings change nothing. Without a cluster unless given. */
export async function helm(words: readonly string[], kubeconfig?: string): Promise<ProgramResult> {
  const { helm: program } = await ensureTools(['helm']);
  const home = mkdtempSync(join(tmpdir(), 'streamswarm-helm-'));
  try {
    return await runProgram(program, words, {
      env: {
        PATH: process.env['PATH'],
        // Also where it caches what the API server can do.
        HOME: home,
        HELM_CONFIG_HOME: home,
        HELM_CACHE_HOME: home,
        HELM_DATA_HOME: home,
        KUBECONFIG: kubeconfig ?? join(home, 'none'),
      },
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** The chart with these values (`name=value`); what Helm said where it refuses them. */
export async function template(
  values: readonly string[],
): Promise<{ readonly text: string } | { readonly refused: string }> {
  const { code, stdout, stderr } = await helm([
    ...['template', 'streamswarm', CHART, '--namespace', NAMESPACE, '--kube-version', '1.34.4'],
    ...values.flatMap((value) => ['--set', value]),
  ]);
  return code === 0 ? { text: stdout } : { refused: stderr };
}

export async function objects(values: readonly string[]): Promise<Rendered[]> {
  const result = await template(values);
  if ('refused' in result) throw new Error(result.refused);
  // The chart renders objects only; what is in them is what the tests look at.
  return parseAllDocuments(result.text).flatMap((document) => (document.toJS() ?? []) as Rendered);
}
