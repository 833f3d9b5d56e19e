import type { OperatorConfig } from '@streamswarm/operator/config';
import { type Operator, startOperator } from '@streamswarm/operator/operator';
import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { builtConsole } from './built-console.ts';
import { startTestPostgres } from './postgres.ts';

/** An operator with its console, without agents of its own, and a browser beside it. */
export interface OperatorVisit {
  readonly operator: Operator;
  readonly browser: Browser;
  end(): Promise<void>;
}

/** `listen` is where hosts or people come in besides. */
export async function visitOperator(
  listen: Pick<OperatorConfig, 'agents' | 'people'>,
): Promise<OperatorVisit> {
  const ending: (() => Promise<unknown>)[] = [];
  const end = async (): Promise<void> => {
    for (const last of ending.toReversed()) await last();
  };
  try {
    const postgres = await startTestPostgres();
    ending.push(() => postgres.stop());
    const operator = await startOperator(
      {
        databaseUrl: postgres.url,
        host: '127.0.0.1',
        port: 0,
        consoleDir: builtConsole(),
        logLevel: 'silent',
        cluster: null,
        ...listen,
      },
      pino({ level: 'silent' }),
    );
    ending.push(() => operator.stop());
    const browser = await launchBrowser();
    ending.push(() => browser.close());
    return { operator, browser, end };
  } catch (error) {
    await end();
    throw error;
  }
}
