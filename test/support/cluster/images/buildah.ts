import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { snapshotterFor } from '../node/node-programs.ts';
import { mustRun, runProgram } from '../run-program.ts';
import { labCacheFolder } from '../tools/cache-entry.ts';

const RECIPE_LABEL = 'streamswarm.lab.recipe';

/** The lab's own store of images and layers, in the cache folder: what has not changed is not built again. */
export function imageCacheFolder(): string {
  const folder = labCacheFolder('cluster-images');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Runs buildah on that store; an error in its own words. Needs root. */
export function buildah(...words: readonly string[]): Promise<string> {
  const folder = imageCacheFolder();
  const driver = snapshotterFor(folder) === 'overlayfs' ? 'overlay' : 'vfs';
  const store = [
    '--root',
    join(folder, 'store'),
    '--runroot',
    join(folder, 'run'),
    '--storage-driver',
    driver,
  ];
  // Within a container there are no rights for more than a chroot.
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' };
  return mustRun('buildah', [...store, ...words], { env });
}

/** Id of an image of the store, or null. With a recipe: only if it was built of that. */
export async function imageId(name: string, recipe?: string): Promise<string | null> {
  const format = `{{.FromImageID}} {{index .OCIv1.Config.Labels "${RECIPE_LABEL}"}}`;
  const said = await buildah('inspect', '--type', 'image', '--format', format, name).catch(() => null);
  if (said === null) return null;
  const [id = '', builtOf] = said.trim().split(' ');
  return recipe === undefined || builtOf === recipe ? id : null;
}

/** Makes an image out of another (or `scratch`) by what `work` does to a container of it. */
export async function commitImage(
  name: string,
  given: { from: string; recipe: string; config?: readonly string[] },
  work: (container: string) => Promise<void>,
): Promise<void> {
  const container = (await buildah('from', '--pull-never', given.from)).trim();
  try {
    await work(container);
    await buildah('config', '--label', `${RECIPE_LABEL}=${given.recipe}`, ...(given.config ?? []), container);
    await buildah('commit', '--quiet', container, name);
  } finally {
    await buildah('rm', container);
  }
}

/** Writes an image of the store as a docker-archive that `ctr images import` takes. */
export async function writeArchive(id: string, name: string, file: string): Promise<void> {
  const growing = `${file}.growing-${process.pid}`;
  try {
    await buildah('push', '--quiet', id, `docker-archive:${growing}:${name}`);
    await mustRun('mv', [growing, file]);
  } finally {
    rmSync(growing, { force: true });
  }
}

/** What keeps this machine from building images, as in "needs ..."; or null. */
export async function imageProblem(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'root, to build images';
  for (const program of ['buildah', 'debootstrap']) {
    const found = await runProgram(program, ['--version']).catch(() => null);
    if (found === null) return `${program} (Debian: apt-get install buildah debootstrap)`;
  }
  return null;
}
