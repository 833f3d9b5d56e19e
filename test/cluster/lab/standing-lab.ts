import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standingLabs } from '../../support/cluster/ownership/sweep-labs.ts';

/** What later commands need to know of a lab that is up. */
export interface StandingLab {
  readonly dir: string;
  readonly kubeconfigPath: string;
  /** kubectl and helm. */
  readonly binFolder: string;
}

const FILE = 'standing-lab.json';

export function rememberLab(lab: StandingLab): void {
  writeFileSync(join(lab.dir, FILE), JSON.stringify(lab));
}

/** The lab that `up` made, or null. */
export function findStandingLab(): StandingLab | null {
  const file = standingLabs()
    .map((dir) => join(dir, FILE))
    .find((path) => existsSync(path));
  return file === undefined ? null : JSON.parse(readFileSync(file, 'utf8'));
}

export function mustFindStandingLab(): StandingLab {
  const lab = findStandingLab();
  if (lab === null) throw new Error('no lab is up: start one with "npm run lab -- up"');
  return lab;
}
