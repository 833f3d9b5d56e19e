#!/usr/bin/env node
// `kubectl streamswarm`: kubectl finds it on the PATH by its name.
import { join } from 'node:path';
import { handOver } from '../bootstrap/hand-over.mjs';
import { prepareAnd } from '../bootstrap/prepare.mjs';

const args = process.argv.slice(2);

await prepareAnd({
  withConsole: false,
  work: ({ node, checkout, env }) =>
    handOver(node, [join(checkout, 'cli', 'src', 'bin', 'kubectl-streamswarm.ts'), ...args], {
      cwd: process.cwd(),
      env,
      ipc: true,
    }),
});
