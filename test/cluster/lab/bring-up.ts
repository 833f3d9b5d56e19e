import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runCluster } from '../../support/cluster/cluster.ts';
import { clusterProblem } from '../../support/cluster/lab-needs.ts';
import { MOST_NODES } from '../../support/cluster/network/address-plan.ts';
import { startKeeper } from '../../support/cluster/ownership/keeper.ts';
import { LabRecord } from '../../support/cluster/ownership/lab-record.ts';
import { identityOf } from '../../support/cluster/ownership/process-identity.ts';
import { removeLab } from '../../support/cluster/ownership/remove-lab.ts';
import { sweepDeadLabs } from '../../support/cluster/ownership/sweep-labs.ts';
import { ensureTools } from '../../support/cluster/tools.ts';
import { findStandingLab, rememberLab, type StandingLab } from './standing-lab.ts';

export async function bringUp(nodesText: string): Promise<number> {
  const nodes = Number(nodesText);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > MOST_NODES) {
    throw new Error(`--nodes ${nodesText}: give a number from 1 to ${MOST_NODES}`);
  }
  const problem = clusterProblem();
  if (problem !== null) throw new Error(`a cluster on this machine needs ${problem}`);
  for (const dir of await sweepDeadLabs()) process.stderr.write(`  removed what a dead lab left: ${dir}\n`);
  const standing = findStandingLab();
  if (standing !== null) {
    process.stderr.write('A lab is up already ("npm run lab -- down" takes it away).\n');
    sayWhatNext(standing);
    return 0;
  }
  const began = performance.now();
  sayWhatNext(await start(nodes));
  process.stderr.write(
    `\n${nodes} nodes Ready after ${((performance.now() - began) / 1_000).toFixed(1)} s.\n`,
  );
  return 0;
}

/** Until it is up the lab goes with this process, so that Ctrl-C leaves nothing; then it belongs to nobody. */
async function start(nodes: number): Promise<StandingLab> {
  const tools = await ensureTools(['kubectl', 'helm']);
  const record = new LabRecord({ kind: 'process', ...identityOf(process.pid) });
  const keeper = startKeeper(record.dir);
  try {
    const cluster = await runCluster(record, { nodes });
    const binFolder = join(record.dir, 'bin');
    mkdirSync(binFolder);
    for (const [name, file] of Object.entries(tools)) symlinkSync(file, join(binFolder, name));
    const lab = { dir: record.dir, kubeconfigPath: cluster.kubeconfigPath, binFolder };
    rememberLab(lab);
    record.leaveTo({ kind: 'nobody' });
    await keeper.dismiss();
    return lab;
  } catch (error) {
    await removeLab(record.dir);
    await keeper.dismiss();
    throw error;
  }
}

function sayWhatNext({ kubeconfigPath, binFolder, dir }: StandingLab): void {
  process.stdout.write(`
export KUBECONFIG=${kubeconfigPath}
export PATH=${binFolder}:$PATH

Next:  npm run lab -- shell        a shell with both set, kubectl and helm
       npm run lab -- load FILE    an image archive into every node (use imagePullPolicy: Never)
       npm run lab -- down         takes all of it away
Logs:  ${dir}
`);
}
