import { parseArgs } from 'node:util';

/** What an operator process is told; the only reader of its arguments and environment. */
export interface OperatorConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  /** Folder of the exported console. */
  readonly consoleDir: string | null;
  readonly logLevel: string;
}

export const OPERATOR_USAGE = `Usage: streamswarm-operator --database-url URL [--host 127.0.0.1] [--port 5000] [--console-dir DIR]

Environment: DATABASE_URL, SERVER_HOST, SERVER_PORT, DEBUG`;

/** Reads arguments before environment before defaults; throws an Error that says which setting is wrong. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): OperatorConfig {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'database-url': { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      'console-dir': { type: 'string' },
      // Given by the supervisor to all of its children; the operator itself keeps nothing on disk.
      'state-dir': { type: 'string' },
    },
  });
  const databaseUrl = values['database-url'] ?? env['DATABASE_URL'];
  if (databaseUrl === undefined || !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new Error(`DATABASE_URL must be a postgresql:// URL.\n${OPERATOR_USAGE}`);
  }
  const port = Number(values.port ?? env['SERVER_PORT'] ?? 5_000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be a number from 0 to 65535, not ${values.port ?? env['SERVER_PORT']}`);
  }
  return {
    databaseUrl,
    host: values.host ?? env['SERVER_HOST'] ?? '127.0.0.1',
    port,
    consoleDir: values['console-dir'] ?? null,
    logLevel: /^(1|true|yes)$/i.test(env['DEBUG'] ?? '') ? 'debug' : 'info',
  };
}
