import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** What koffi needs to run; the rest of its package is its source in C++. */
const KOFFI_FILES = [
  'package.json',
  'LICENSE.txt',
  'index.js',
  'src/koffi/index.js',
  'src/koffi/src/static.js',
];

/**
 * Copies koffi and its one library for this machine's architecture and glibc below `folder`. Throws where npm has
 * not installed that library, because an image without it would measure nothing but TCP.
 */
export function copyKoffi(root: string, folder: string, arch: string): void {
  const binary = `@koromix/koffi-linux-${arch}`;
  const from = join(root, 'node_modules');
  const to = join(folder, 'node_modules');
  const library = `linux_${arch}/koffi.node`;
  if (!existsSync(join(from, binary, library))) {
    throw new Error(
      `node_modules/${binary}/${library} is missing: images are built on Linux, x64 or arm64, ` +
        'after npm ci with optional dependencies',
    );
  }
  for (const file of KOFFI_FILES) cpSync(join(from, 'koffi', file), join(to, 'koffi', file));
  for (const file of ['package.json', 'index.js', library]) {
    cpSync(join(from, binary, file), join(to, binary, file));
  }
}
