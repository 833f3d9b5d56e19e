#!/usr/bin/env node
import { pino } from 'pino';
import { startAgent } from '../agent.ts';
import { type AgentConfig, readConfig, sizeThreadPool, USAGE } from '../config.ts';

const lookups = sizeThreadPool(process.env);

function configOrExit(): AgentConfig {
  try {
    return readConfig(process.argv.slice(2), process.env, process.getuid?.() === 0);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const config = configOrExit();
const logger = pino({ name: 'agent', level: config.logLevel });
const agent = await startAgent({
  server: config.server,
  stateDir: config.stateDir,
  logger,
  lookups,
  ...(config.name === null ? {} : { name: config.name }),
}).catch((error: unknown) => {
  logger.fatal({ err: error }, 'the agent could not start');
  process.exit(1);
});

let isStopping = false;
async function stop(reason: string): Promise<void> {
  if (isStopping) process.exit(1);
  isStopping = true;
  logger.info({ reason }, 'stopping');
  await agent.stop();
  process.exit(0);
}

process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// A supervisor that was killed cannot say so: its channel closes.
process.on('disconnect', () => void stop('the supervisor has gone'));
