import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { needsCluster } from '../support/cluster/lab-needs.ts';
import { leftovers } from '../support/cluster/ownership/leftovers.ts';
import { type ProgramResult, runProgram } from '../support/cluster/run-program.ts';

const PROGRAM = new URL('lab/lab.ts', import.meta.url).pathname;
/** Labs are found in the temporary folder: with one of its own this test cannot take away a lab of yours. */
let temporary: string;

before(() => {
  temporary = mkdtempSync(join(tmpdir(), 'swcli-'));
});

after(async () => {
  await lab(['down']);
  rmSync(temporary, { recursive: true, force: true });
});

function lab(words: readonly string[], input?: string): Promise<ProgramResult> {
  const env = { ...process.env, TMPDIR: temporary, SHELL: '/bin/sh' };
  return runProgram(process.execPath, [PROGRAM, ...words], {
    env,
    ...(input === undefined ? {} : { input }),
  });
}

test('up, shell and down: a lab outlives the command that made it, and goes wholly', async (t) => {
  if (!needsCluster(t)) return;
  const none = await lab(['shell']);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /no lab is up: start one with "npm run lab -- up"/);

  const up = await lab(['up', '--nodes', '1']);
  assert.equal(up.code, 0, up.stderr);
  assert.match(up.stdout, /^export KUBECONFIG=\S+$/m);
  const [name] = readdirSync(temporary);
  assert(name !== undefined);

  const again = await lab(['up']);
  assert.equal(again.code, 0);
  assert.match(again.stderr, /A lab is up already/);

  const shell = await lab(['shell'], 'kubectl get nodes -o name; helm version --short; exit 7\n');
  assert.match(shell.stdout, /^node\/node-1\nv4\./);
  assert.equal(shell.code, 7);

  const down = await lab(['down']);
  assert.equal(down.code, 0, down.stderr);
  assert.deepEqual(leftovers(join(temporary, name)), []);
  assert.match((await lab(['down'])).stdout, /No lab was up/);
});

test('a command that does not exist is answered with those that do', async (t) => {
  if (!needsCluster(t)) return;
  const answer = await lab(['sideways']);
  assert.equal(answer.code, 2);
  assert.match(answer.stderr, /npm run lab -- up/);
  assert.match((await lab(['up', '--nodes', 'many'])).stderr, /--nodes many: give a number from 1 to 32/);
});
