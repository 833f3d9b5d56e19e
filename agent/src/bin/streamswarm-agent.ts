#!/usr/bin/env node
import { pino } from 'pino';
import { startAgent } from '../agent.ts';
import { type AgentConfig, readConfig, sizeThreadPool, USAGE } from '../config.ts';

const lookups = sizeThreadPool(process.env);

function configOrExit(): AgentConfig {
  const argv = process.argv.slice(2);
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  try {
    return readConfig(argv, process.env, process.getuid?.() === 0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const config = configOrExit();
const logger = pino({ name: 'agent', level: config.logLevel });
const agent = await startAgent({
  server: config.server,
  trust: config.trust,
  identity: config.identity,
  stateDir: config.stateDir,
  logger,
  lookups,
  ...(config.join === null ? {} : { join: config.join }),
  ...(config.readyFile === null ? {} : { readyFile: config.readyFile }),
  ...(config.aliveFile === null ? {} : { aliveFile: config.aliveFile }),
}).catch((error: unknown) => {
  logger.fatal({ err: error }, 'the agent could not start');
  process.exit(1);
});

/** Whoever asks for an end gives about ten seconds; what is on disk by then is enough for the next start. */
const STOP_MS = 9_500;

/** EX_NOPERM of sysexits.h: a supervisor need not start it again, see docs/join-a-host.md. */
const REVOKED_EXIT = 77;

let isStopping = false;
async function stop(reason: string, code = 0): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  logger.info({ reason }, 'stopping');
  setTimeout(() => {
    logger.warn('the agent did not stop in time: the next start goes on from the spool');
    process.exit(1);
  }, STOP_MS);
  await agent.stop();
  process.exit(code);
}

void agent.revoked.then(() => stop('revoked', REVOKED_EXIT));
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// A supervisor that was killed cannot say so: its channel closes.
process.on('disconnect', () => void stop('the supervisor has gone'));
