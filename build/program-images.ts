import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram, packageFileOf, packagesIn, programFolder } from './bundle.ts';
import { licenceTexts } from './licences.ts';
import { copyKoffi } from './native-package.ts';

export interface ImageOptions {
  /** Root of the checkout, with its dependencies installed. */
  readonly root: string;
  /** Made anew; becomes /app of the image. */
  readonly folder: string;
}

/**
 * The operator: its program, the SQL files that it reads at its start, and the console if that has been exported
 * (npm run build). Throws without it unless `withoutConsole`.
 */
export async function buildOperator(options: ImageOptions & { withoutConsole?: boolean }): Promise<void> {
  const { root, folder, withoutConsole = false } = options;
  const console = join(root, 'console', 'out');
  if (!withoutConsole && !existsSync(join(console, 'index.html'))) {
    throw new Error('console/out is missing: run npm run build first');
  }
  await buildProgram(options, 'operator', ['operator/src/bin/streamswarm-operator.ts']);
  cpSync(join(root, 'operator/src/store/migrations'), join(programFolder(folder), 'migrations'), {
    recursive: true,
  });
  if (!withoutConsole) cpSync(console, join(folder, 'console'), { recursive: true });
}

/** The agent: its program, the packet worker beside it, and koffi. */
export async function buildAgent(options: ImageOptions & { arch: string }): Promise<void> {
  await buildProgram(options, 'agent', [
    'agent/src/bin/streamswarm-agent.ts',
    // A program of its own: it must not share a file with the agent, or it would load what that one needs.
    'agent/src/native/packet-worker.ts',
  ]);
  copyKoffi(options.root, options.folder, options.arch);
}

async function buildProgram(
  { root, folder }: ImageOptions,
  workspace: string,
  entries: readonly string[],
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const metafiles = [];
  for (const entry of entries) {
    metafiles.push(await bundleProgram({ root, entry, outDir: programFolder(folder) }));
  }
  const manifest = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  writeFileSync(join(folder, 'package.json'), packageFileOf(manifest));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  writeFileSync(join(folder, 'LICENSES-OF-OTHERS.txt'), licenceTexts(root, packagesIn(metafiles)));
}
