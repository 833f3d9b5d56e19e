import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FONT_FILES, FONT_PACKAGE } from '@streamswarm/operator/export/report/report-fonts';
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
 * The operator: its program, the SQL files that it reads at its start, the fonts of its reports, and the console if that has been exported
 * (npm run build). Throws without it unless `withoutConsole`.
 */
export async function buildOperator(options: ImageOptions & { withoutConsole?: boolean }): Promise<void> {
  const { root, folder, withoutConsole = false } = options;
  const console = join(root, 'console', 'out');
  if (!withoutConsole && !existsSync(join(console, 'index.html'))) {
    throw new Error('console/out is missing: run npm run build first');
  }
  const fonts = join('node_modules', FONT_PACKAGE);
  await buildProgram(options, 'operator', {
    entries: ['operator/src/bin/streamswarm-operator.ts'],
    alongside: [fonts],
  });
  for (const file of Object.values(FONT_FILES)) {
    cpSync(join(root, fonts, 'ttf', file), join(programFolder(folder), 'fonts', file));
  }
  cpSync(join(root, 'operator/src/store/migrations'), join(programFolder(folder), 'migrations'), {
    recursive: true,
  });
  if (!withoutConsole) cpSync(console, join(folder, 'console'), { recursive: true });
}

/** The agent: its program, the packet worker beside it, and koffi. */
export async function buildAgent(options: ImageOptions & { arch: string }): Promise<void> {
  await buildProgram(options, 'agent', {
    entries: [
      'agent/src/bin/streamswarm-agent.ts',
      // A program of its own: it must not share a file with the agent, or it would load what that one needs.
      'agent/src/native/packet-worker.ts',
    ],
    alongside: [],
  });
  copyKoffi(options.root, options.folder, options.arch);
}

interface Program {
  readonly entries: readonly string[];
  /** Folders of packages of which files lie beside the bundle. */
  readonly alongside: readonly string[];
}

async function buildProgram(
  { root, folder }: ImageOptions,
  workspace: string,
  { entries, alongside }: Program,
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
  writeFileSync(
    join(folder, 'LICENSES-OF-OTHERS.txt'),
    licenceTexts(root, [...packagesIn(metafiles), ...alongside]),
  );
}
