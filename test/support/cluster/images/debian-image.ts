import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../run-program.ts';
import { aptMirror } from './apt-mirror.ts';
import { buildah, commitImage, imageCacheFolder, imageId } from './buildah.ts';
import { recipeHash } from './recipe-hash.ts';

export const DEBIAN_IMAGE = 'localhost/streamswarm-lab/debian:bookworm';
const SUITE = 'bookworm';
/** As the official slim images do: nothing that nobody reads in a container. */
const NOT_NEEDED = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/info',
  'usr/share/locale',
  'usr/share/lintian',
];

/** A minimal Debian in the store; returns its id. */
export async function debianImage(): Promise<string> {
  const mirror = aptMirror();
  const recipe = recipeHash({ suite: SUITE, mirror, notNeeded: NOT_NEEDED });
  const known = await imageId(DEBIAN_IMAGE, recipe);
  if (known !== null) return known;
  const root = mkdtempSync(join(imageCacheFolder(), 'debian-'));
  try {
    await mustRun('debootstrap', ['--variant=minbase', SUITE, root, mirror]);
    for (const path of NOT_NEEDED) rmSync(join(root, path), { recursive: true, force: true });
    for (const path of ['var/cache/apt/archives', 'var/lib/apt/lists']) empty(join(root, path));
    await commitImage(
      DEBIAN_IMAGE,
      { from: 'scratch', recipe, config: ['--cmd', '/bin/sh'] },
      async (container) => {
        await buildah('copy', '--quiet', container, root, '/');
      },
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  const id = await imageId(DEBIAN_IMAGE, recipe);
  if (id === null) throw new Error(`buildah has committed ${DEBIAN_IMAGE} and does not find it`);
  return id;
}

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true });
}
