import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licence texts of everything that a bundle contains, as their owners ask of who passes it on. */
export function licenceTexts(root: string, packages: readonly string[]): string {
  return packages.map((folder) => licenceOf(join(root, folder))).join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const manifest = readManifest(folder);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const texts = files
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [
    `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence in its text'})`,
    ...texts,
    '',
  ].join('\n\n');
}

function readManifest(folder: string): { name: string; version: string; license?: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
}
