import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { narrate } from '../../support/cluster/narrate.ts';
import { containerdSocket } from '../../support/cluster/node/node-programs.ts';
import { mustRun } from '../../support/cluster/run-program.ts';
import { mustFindStandingLab } from './standing-lab.ts';

export async function loadImages(files: readonly string[]): Promise<number> {
  if (files.length === 0) throw new Error('name at least one image archive: npm run lab -- load FILE');
  const nodes = join(mustFindStandingLab().dir, 'nodes');
  for (const file of files) {
    for (const node of readdirSync(nodes)) {
      const words = [
        '-a',
        containerdSocket(join(nodes, node)),
        '-n',
        'k8s.io',
        'images',
        'import',
        resolve(file),
      ];
      const said = await narrate(`loading ${file} into ${node}`, () => mustRun('ctr', words));
      process.stdout.write(`${node}: ${said.trim().split('\n').at(-1)}\n`);
    }
  }
  return 0;
}
