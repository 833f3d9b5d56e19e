import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { mustFindStandingLab } from './standing-lab.ts';

/** Returns the shell's own exit code. */
export async function openShell(): Promise<number> {
  const { kubeconfigPath, binFolder } = mustFindStandingLab();
  const { SHELL = '/bin/sh', PATH = '' } = process.env;
  process.stderr.write(
    'kubectl and helm speak to the lab in this shell; "exit" leaves it, and the lab stays up.\n',
  );
  const env = { ...process.env, KUBECONFIG: kubeconfigPath, PATH: `${binFolder}${delimiter}${PATH}` };
  return spawnSync(SHELL, { stdio: 'inherit', env }).status ?? 1;
}
