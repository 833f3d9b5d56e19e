import { join } from 'node:path';

export interface StateFolderFacts {
  readonly given: string | undefined;
  readonly isRoot: boolean;
  readonly stateHome: string | undefined;
  readonly home: string | undefined;
  readonly checkout: string;
  canCreate(folder: string): boolean;
}

/** The one folder that keeps everything between starts. A folder that was asked for is never replaced. */
export function chooseStateFolder(facts: StateFolderFacts): string {
  if (facts.given !== undefined && facts.given !== '') return facts.given;
  const usual = facts.isRoot
    ? '/var/lib/streamswarm'
    : facts.stateHome !== undefined && facts.stateHome !== ''
      ? join(facts.stateHome, 'streamswarm')
      : facts.home !== undefined && facts.home !== ''
        ? join(facts.home, '.local', 'state', 'streamswarm')
        : null;
  return usual !== null && facts.canCreate(usual) ? usual : join(facts.checkout, '.streamswarm');
}
