#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { CommandRoom } from '../commands/shared-options.ts';
import { type UpFlags, upSettings } from '../config.ts';
import { CommandFailed } from '../exit-codes.ts';
import { createProgram } from '../program.ts';
import { SettingsError } from '../up/settings/listen-address.ts';
import { StartRefused } from '../up/start-refused.ts';
import { stopRequests } from '../up/supervise/stop-requests.ts';
import { createTerminal } from '../up/terminal/terminal.ts';
import { up } from '../up/up.ts';

const EXAMPLES = `
Examples:
  streamswarm up                                  console at http://localhost:5000
  streamswarm up --port 8080 --state-dir ./state  another port, state beside you
  streamswarm up --host 0.0.0.0                   open to other machines, behind a login
  streamswarm up --hello off                      without the first test
  DATABASE_URL=postgresql://me:secret@db/streamswarm streamswarm up

Through npm the options stand after two dashes: npm start -- --port 8080`;

const upCommand = new Command('up')
  .description('run everything on this machine: database, API, console and an agent')
  .option('--port <number>', 'port of API and console (SERVER_PORT; default 5000)')
  .option(
    '--host <address>',
    'address to listen on (SERVER_HOST; default 127.0.0.1); beyond loopback by TLS and behind a login',
  )
  .option(
    '--state-dir <folder>',
    'where everything is kept (STREAMSWARM_STATE_DIR; default /var/lib/streamswarm for root, else ~/.local/state/streamswarm)',
  )
  .option(
    '--hello <mode>',
    'what the first test measures: full (gateway, resolver, console, loopback), loopback (nothing beyond this machine) or off (STREAMSWARM_HELLO; default full)',
  )
  .option(
    '--database-url <url>',
    'a Postgres of yours, postgresql://... (DATABASE_URL; default: an embedded one)',
  )
  .addHelpText('after', EXAMPLES)
  .action(runUp);

// A reader that goes away (`npm start | head`) must not end what runs.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const room: CommandRoom = {
  out: (text) => void process.stdout.write(text),
  isTerminal: process.stdout.isTTY === true,
  note: (text) => void process.stderr.write(text),
  stdin: () => readFileSync(0, 'utf8'),
  nowMs: () => Date.now(),
};

try {
  await createProgram(upCommand, room).parseAsync();
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  if (error.message !== '') room.note(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

async function runUp(flags: UpFlags): Promise<void> {
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
