// A supervisor in a process of its own, for tests that kill it: STATE-DIR PORT.
import { stopRequests } from '../supervise/stop-requests.ts';
import { createTerminal } from '../terminal/terminal.ts';
import { up } from '../up.ts';
import { standInSettings } from './settings.ts';

const now = (): number => performance.now();
const [stateDir = '', port = ''] = process.argv.slice(2);
await up(standInSettings(stateDir, Number(port)), {
  terminal: createTerminal(process.stdout, now),
  now,
  ...stopRequests(process, now),
});
process.exit();
