import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../run-program.ts';
import { labCacheFolder } from '../tools/cache-entry.ts';
import { ensureTools } from '../tools.ts';

export const PAUSE_IMAGE = 'docker.io/streamswarm-lab/pause:1';

/** A docker-archive of one layer that holds the pause program. Returns its path, in the cache. */
export async function pauseImageTar(): Promise<string> {
  const { pause } = await ensureTools(['pause']);
  const digest = sha256(readFileSync(pause));
  const cache = labCacheFolder('cluster-images');
  const file = join(cache, `pause-${digest.slice(0, 24)}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'growing-'));
  try {
    mkdirSync(join(work, 'layer'));
    copyFileSync(pause, join(work, 'layer', 'pause'));
    await mustRun('tar', [...TAR, '-cf', join(work, 'layer.tar'), '-C', join(work, 'layer'), 'pause']);
    const config = {
      architecture: process.arch === 'x64' ? 'amd64' : process.arch,
      os: 'linux',
      config: { Entrypoint: ['/pause'], User: '65535:65535' },
      rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(readFileSync(join(work, 'layer.tar')))}`] },
      history: [{ created_by: 'streamswarm lab' }],
    };
    writeFileSync(join(work, 'config.json'), JSON.stringify(config));
    const manifest = [{ Config: 'config.json', RepoTags: [PAUSE_IMAGE], Layers: ['layer.tar'] }];
    writeFileSync(join(work, 'manifest.json'), JSON.stringify(manifest));
    const members = ['manifest.json', 'config.json', 'layer.tar'];
    await mustRun('tar', [...TAR, '-cf', join(work, 'image.tar'), '-C', work, ...members]);
    renameSync(join(work, 'image.tar'), file);
    return file;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The same input gives the same bytes. */
const TAR = ['--owner=0', '--group=0', '--numeric-owner', '--mtime=@0', '--mode=0755'] as const;

function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
