// `npm test`, `npm run verify`: the set-up of `npm start`, then another script of package.json on Node 24.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { handOver } from './hand-over.mjs';
import { npmCommand } from './npm.mjs';
import { prepareAnd } from './prepare.mjs';
import { tellSkips } from './skips.mjs';

const [script, ...args] = process.argv.slice(2);

await prepareAnd({
  withConsole: true,
  work: async ({ checkout, env }) => {
    const notes = mkdtempSync(join(tmpdir(), 'streamswarm-skips-'));
    const npm = npmCommand(process.env, process.platform);
    const code = await handOver(
      npm.file,
      [...npm.args, 'run', String(script), ...(args.length > 0 ? ['--', ...args] : [])],
      { cwd: checkout, env: { ...env, STREAMSWARM_SKIPS: join(notes, 'skips') }, ipc: false },
    );
    tellSkips(join(notes, 'skips'), process.stderr);
    rmSync(notes, { recursive: true, force: true });
    return code;
  },
});
