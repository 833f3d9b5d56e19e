import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';

/** Loaded by path at run time, so it cannot be part of a bundle; see native-package.ts. */
const NATIVE = ['koffi'];
/** Optional halves of packages that try them and go on without. */
const NEVER_THERE = ['pg-native', 'bufferutil', 'utf-8-validate'];

/** CommonJS packages inside a module ask for a `require` of their own. */
const REQUIRE =
  "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

export interface BundleOptions {
  /** Root of the checkout. */
  readonly root: string;
  /** Below the root; the output has the same name with the ending .js. */
  readonly entry: string;
  readonly outDir: string;
}

/**
 * Bundles one program for Node 24. Names are kept, so that a stack trace can be read; white space goes, because
 * V8 keeps the text of the source in memory. What is imported lazily stays a file of its own and costs nothing
 * until it is wanted. Returns what went into it.
 */
export async function bundleProgram({ root, entry, outDir }: BundleOptions): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: outDir,
    entryNames: '[name]',
    chunkNames: `${basename(entry, '.ts')}-[hash]`,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    legalComments: 'none',
    external: [...NATIVE, ...NEVER_THERE],
    banner: { js: REQUIRE },
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/** Folders of the packages that a bundle contains, such as node_modules/pg, in order. */
export function packagesIn(metafiles: readonly Metafile[]): string[] {
  const folders = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []);
  return [...new Set(folders)].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
}

/** Name and version of our own package, for the folder that the bundle lies in. */
export function packageFileOf(manifest: { readonly name: string; readonly version: string }): string {
  const { name, version } = manifest;
  return `${JSON.stringify({ name, version, private: true, type: 'module' }, null, 2)}\n`;
}

/** Where the programs lie below the folder of an image: operator and agent read ../package.json from there. */
export const programFolder = (folder: string): string => join(folder, 'bin');
