import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../run-program.ts';
import { buildah, commitImage, imageCacheFolder, imageId } from './buildah.ts';
import { trustedAuthorities } from './certificates.ts';
import { debianImage } from './debian-image.ts';
import { recipeHash } from './recipe-hash.ts';

/** As the Dockerfile names its base: there is no way to the registry that the real one comes from. */
export const NODE_IMAGE = 'docker.io/library/node:24-bookworm-slim';
const NPM_VERSION = '11.19.1';
/** Of the npm package `node`, which is first on PATH in every npm script. */
const NODE_BINARY = new URL('../../../../node_modules/node/bin/node', import.meta.url).pathname;
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/** Debian with Node 24 and npm in the store; returns its id. */
export async function nodeImage(): Promise<string> {
  const debian = await debianImage();
  const authorities = trustedAuthorities();
  const node = execFileSync(NODE_BINARY, ['--version'], { encoding: 'utf8' }).trim();
  const recipe = recipeHash({ debian, authorities, node, npm: NPM_VERSION });
  const known = await imageId(NODE_IMAGE, recipe);
  if (known !== null) return known;
  const config = [
    '--env',
    `NODE_EXTRA_CA_CERTS=${AUTHORITIES}`,
    '--env',
    `NODE_VERSION=${node.slice(1)}`,
    '--cmd',
    'node',
  ];
  const work = mkdtempSync(join(imageCacheFolder(), 'node-'));
  try {
    await layOut(work, authorities);
    await commitImage(NODE_IMAGE, { from: debian, recipe, config }, async (container) => {
      await buildah('copy', '--quiet', container, join(work, 'root'), '/');
      await buildah('copy', '--quiet', '--chmod', '755', container, NODE_BINARY, '/usr/local/bin/node');
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const id = await imageId(NODE_IMAGE, recipe);
  if (id === null) throw new Error(`buildah has committed ${NODE_IMAGE} and does not find it`);
  return id;
}

/** npm and the CA bundle, at their places below `work`/root. */
async function layOut(work: string, authorities: string): Promise<void> {
  const modules = join(work, 'root', 'usr', 'local', 'lib', 'node_modules');
  const bin = join(work, 'root', 'usr', 'local', 'bin');
  const certificates = join(work, 'root', 'etc', 'ssl', 'certs');
  for (const folder of [modules, bin, certificates]) mkdirSync(folder, { recursive: true });
  await mustRun('npm', ['pack', '--silent', `npm@${NPM_VERSION}`], { cwd: work });
  await mustRun('tar', ['-xzf', join(work, `npm-${NPM_VERSION}.tgz`), '-C', modules, '--no-same-owner']);
  await mustRun('mv', [join(modules, 'package'), join(modules, 'npm')]);
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(bin, 'npm'));
  symlinkSync('../lib/node_modules/npm/bin/npx-cli.js', join(bin, 'npx'));
  await mustRun('chmod', ['755', join(modules, 'npm/bin/npm-cli.js'), join(modules, 'npm/bin/npx-cli.js')]);
  writeFileSync(join(certificates, 'ca-certificates.crt'), authorities, { mode: 0o644 });
}
