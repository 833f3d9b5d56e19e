// `npm start`: runs on the Node that is there, before anything is installed. No dependencies in this folder.
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { prepareAnd } from './prepare.mjs';

const args = process.argv.slice(2);
const onlyTells = args.some((arg) => ['--help', '-h', '--version', '-V'].includes(arg));

await prepareAnd({
  withConsole: !onlyTells,
  work: ({ node, checkout, env }) =>
    handOver(node, [join(checkout, 'cli', 'src', 'bin', 'streamswarm.ts'), 'up', ...args], {
      cwd: process.cwd(),
      env,
      ipc: true,
    }),
});
