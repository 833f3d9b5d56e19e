import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const PACKAGES = ['contract', 'agent', 'operator', 'console', 'cli', 'test'] as const;
const NOT_OURS = new Set(['node_modules', 'out', '.next', 'dist', 'generated']);

export interface SourceFile {
  /** Below the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
}

/** Every file of source code in these folders. */
export function sourceFiles(...folders: readonly string[]): SourceFile[] {
  return folders
    .flatMap((folder) => walk(join(ROOT, folder)))
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/\.d\.ts$/.test(file))
    .map((file) => {
      const path = relative(ROOT, file).replaceAll('\\', '/');
      return { path, text: readFileSync(file, 'utf8'), isTest: /\.test\.(ts|tsx|mjs)$/.test(path) };
    });
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    NOT_OURS.has(entry.name)
      ? []
      : entry.isDirectory()
        ? walk(join(folder, entry.name))
        : [join(folder, entry.name)],
  );
}

/** What a file imports, by static import, export or dynamic import of a plain text. */
export function importsOf({ text }: SourceFile): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)['"]([^'"\s]+)['"]/g;
  return [...withoutComments(text).matchAll(pattern)].map((match) => match[1] as string);
}

/** Good enough for our own style: block comments, and lines that are a comment. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
