import { narrate } from '../../support/cluster/narrate.ts';
import { removeLab } from '../../support/cluster/ownership/remove-lab.ts';
import { standingLabs, sweepDeadLabs } from '../../support/cluster/ownership/sweep-labs.ts';

export async function takeDown(): Promise<number> {
  const standing = standingLabs();
  for (const dir of standing) await narrate(`ending ${dir}`, () => removeLab(dir));
  const gone = [...standing, ...(await sweepDeadLabs())];
  process.stdout.write(gone.length === 0 ? 'No lab was up.\n' : gone.map((dir) => `gone: ${dir}\n`).join(''));
  return 0;
}
