#!/usr/bin/env node
// The command on whatever Node starts it: sets the checkout up where needed, then runs on Node 24.
import { join } from 'node:path';
import { handOver } from '../bootstrap/hand-over.mjs';
import { prepareAnd } from '../bootstrap/prepare.mjs';

const args = process.argv.slice(2);

await prepareAnd({
  withConsole: args[0] === 'up' && !args.includes('--help') && !args.includes('-h'),
  work: ({ node, checkout, env }) =>
    handOver(node, [join(checkout, 'cli', 'src', 'bin', 'streamswarm.ts'), ...args], {
      cwd: process.cwd(),
      env,
      ipc: true,
    }),
});
