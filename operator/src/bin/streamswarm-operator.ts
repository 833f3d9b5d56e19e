#!/usr/bin/env node
import { pino } from 'pino';
import { readConfig } from '../config.ts';
import { startOperator } from '../operator.ts';

const config = (() => {
  try {
    return readConfig(process.argv.slice(2), process.env);
  } catch (error) {
    process.stderr.write(`streamswarm-operator: ${(error as Error).message}\n`);
    return process.exit(2);
  }
})();
const logger = pino({ name: 'operator', level: config.logLevel });

try {
  const operator = await startOperator(config, logger);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    operator.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  // A supervisor that died must not leave us behind.
  process.on('disconnect', () => stop('disconnect'));
  const { console } = operator;
  // To the one who started it, and not to the log: the admin link is a secret.
  if (process.send !== undefined) process.send({ ready: operator.url, console });
  else if (console !== null && console.adminLink !== null) {
    process.stderr.write(`\nThe first admin, within an hour: ${console.adminLink}\n\n`);
  }
} catch (error) {
  logger.fatal({ err: error }, 'cannot start');
  process.exit(1);
}
