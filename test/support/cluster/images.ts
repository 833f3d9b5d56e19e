import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { buildah, imageCacheFolder, imageProblem, writeArchive } from './images/buildah.ts';
import { dropOldLayers } from './images/drop-old-layers.ts';
import { NODE_IMAGE, nodeImage } from './images/node-image.ts';
import { POSTGRES_IMAGE, postgresImage } from './images/postgres-image.ts';
import { narrate } from './narrate.ts';
import { withBuildLock } from './tools/build-lock.ts';

export { imageProblem } from './images/buildah.ts';
export { NODE_IMAGE } from './images/node-image.ts';
export { POSTGRES_IMAGE } from './images/postgres-image.ts';

/** An image as a file for Cluster.importImage; manifests name it, with `imagePullPolicy: Never`. */
export interface BuiltImage {
  /** Whole name with registry and tag. */
  readonly name: string;
  readonly tarPath: string;
}

export interface ProductImageOptions {
  /** Stage of the Dockerfile. */
  readonly target: 'operator' | 'agent';
  /** Such as `streamswarm/operator:lab`. */
  readonly tag: string;
}

const ROOT = new URL('../../../', import.meta.url).pathname;
const KEPT_ARCHIVES = 3;

/** What the product's Dockerfile starts from. */
export function buildBaseImage(): Promise<BuiltImage> {
  return built('the base image (Debian, Node 24, npm)', NODE_IMAGE, nodeImage);
}

/** For the chart's evaluation database: image `streamswarm-lab/postgres:15`, user id 999. */
export function buildPostgresImage(): Promise<BuiltImage> {
  return built('the Postgres image', POSTGRES_IMAGE, postgresImage);
}

/** The product's own Dockerfile, built as its users build it. Layers that have not changed come from the cache. */
export function buildProductImage({ target, tag }: ProductImageOptions): Promise<BuiltImage> {
  return built(`the image of the ${target}`, wholeName(tag), async () => {
    await nodeImage();
    const words = ['--pull-never', '--layers', '--target', target, '--tag', wholeName(tag), '--quiet'];
    const said = await buildah('build', ...words, '--file', join(ROOT, 'Dockerfile'), ROOT);
    await dropOldLayers(Date.now());
    return said.trim().split('\n').at(-1) ?? '';
  });
}

/** One build at a time: they share layers, and the machine has few cores. */
async function built(what: string, name: string, build: () => Promise<string>): Promise<BuiltImage> {
  const problem = await imageProblem();
  if (problem !== null) throw new Error(`building ${what} needs ${problem}`);
  const folder = imageCacheFolder();
  return withBuildLock(join(folder, 'building.lock'), async () => {
    // What a build that was killed has left half done, still mounted.
    await buildah('rm', '--all');
    const id = await narrate(`building ${what}`, build);
    const prefix = name.replaceAll(/[/:]/g, '_');
    const tarPath = join(folder, `${prefix}-${id.slice(0, 24)}.tar`);
    if (!existsSync(tarPath))
      await narrate(`writing ${what} to a file`, () => writeArchive(id, name, tarPath));
    utimesSync(tarPath, new Date(), new Date());
    dropOldest(folder, prefix);
    return { name, tarPath };
  });
}

/** As containerd and kubelet complete it. */
function wholeName(tag: string): string {
  const [first = ''] = tag.split('/');
  if (/[.:]/.test(first) || first === 'localhost') return tag;
  return tag.includes('/') ? `docker.io/${tag}` : `docker.io/library/${tag}`;
}

function dropOldest(folder: string, prefix: string): void {
  const byAge = readdirSync(folder)
    .filter((entry) => entry.startsWith(`${prefix}-`) && entry.endsWith('.tar'))
    .map((entry) => ({ path: join(folder, entry), usedMs: statSync(join(folder, entry)).mtimeMs }))
    .sort((a, b) => b.usedMs - a.usedMs);
  for (const { path } of byAge.slice(KEPT_ARCHIVES)) rmSync(path, { force: true });
}
