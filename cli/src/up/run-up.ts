import { type UpFlags, upSettings } from '../config.ts';
import { SettingsError } from './settings/listen-address.ts';
import { StartRefused } from './start-refused.ts';
import { stopRequests } from './supervise/stop-requests.ts';
import { createTerminal } from './terminal/terminal.ts';
import { up } from './up.ts';

/** `streamswarm up` from its flags to its end; what refuses to start is said in words and ends with 1. */
export async function runUp(flags: UpFlags): Promise<void> {
  try {
    const settings = upSettings(flags);
    const now = (): number => performance.now();
    await up(settings, { terminal: createTerminal(process.stdout, now), now, ...stopRequests(process, now) });
  } catch (error) {
    if (!(error instanceof StartRefused || error instanceof SettingsError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
  // Channels to a bootstrap and listeners for signals would keep us here with nothing left to do.
  process.exit();
}
