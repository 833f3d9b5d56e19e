import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isLabFolderName, labsFolder, type Owner, readRecord } from './lab-record.ts';
import { isAlive } from './process-identity.ts';
import { removeLab } from './remove-lab.ts';

/** Removes what labs have left whose owner is gone. Labs that nobody owns stay until `down`. */
export async function sweepDeadLabs(): Promise<string[]> {
  const dead = labFolders().filter(({ owner }) => owner.kind === 'process' && !isAlive(owner));
  for (const { dir } of dead) await removeLab(dir);
  return dead.map(({ dir }) => dir);
}

/** Labs that outlive the command that started them. */
export function standingLabs(): string[] {
  return labFolders()
    .filter(({ owner }) => owner.kind === 'nobody')
    .map(({ dir }) => dir);
}

/**
 * Folders of labs that this user made. A record tells what to kill: one that another user could have written
 * is not read.
 */
function labFolders(): { dir: string; owner: Owner }[] {
  return readdirSync(labsFolder())
    .filter(isLabFolderName)
    .map((name) => join(labsFolder(), name))
    .filter((dir) => {
      const stat = statSync(dir, { throwIfNoEntry: false });
      return stat?.isDirectory() === true && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
    })
    .flatMap((dir) => {
      const record = readRecord(dir);
      return record === null ? [] : [{ dir, owner: record.owner }];
    });
}
