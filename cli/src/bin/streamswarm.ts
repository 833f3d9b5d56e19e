#!/usr/bin/env node
import { Command } from 'commander';
import type { UpFlags } from '../config.ts';
import { processRoom, runToEnd } from '../process-room.ts';
import { createProgram } from '../program.ts';

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
  .option(
    '--database-ca-file <file>',
    'the authority (PEM) that signed its certificate, which is then verified (DATABASE_CA_FILE)',
  )
  .addHelpText('after', EXAMPLES)
  .action(runUp);

// A reader that goes away (`npm start | head`) must not end what runs; a command that only shows has nothing left to do.
const mustGoOn = ['up', 'agent'].includes(process.argv[2] ?? '');
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {
    if (!mustGoOn) process.exit();
  });
}

const room = processRoom(process);
await runToEnd(room, () => createProgram(upCommand, room).parseAsync());

/** Loaded when it is asked for: the product is large, and the other commands need none of it. */
async function runUp(flags: UpFlags): Promise<void> {
  const { runUp: run } = await import('../up/run-up.ts');
  await run(flags);
}
