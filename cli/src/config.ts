import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { HELLO_MODES, type HelloMode } from './up/hello/hello-test.ts';
import { chooseDatabase } from './up/settings/database-choice.ts';
import { listenHost, localPort, SettingsError, tcpPort } from './up/settings/listen-address.ts';
import type { UpSettings } from './up/settings/settings.ts';
import { chooseStateFolder } from './up/settings/state-folder.ts';

/** What stands on the command line of `streamswarm up`; each wins over its environment variable. */
export interface UpFlags {
  readonly port?: string;
  readonly host?: string;
  readonly stateDir?: string;
  readonly hello?: string;
  readonly databaseUrl?: string;
  readonly databaseCaFile?: string;
}

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));

/** Settings of `streamswarm up`: flags before environment before defaults. Throws SettingsError. */
export function upSettings(
  flags: UpFlags,
  env: Readonly<Record<string, string | undefined>> = process.env,
): UpSettings {
  const host = listenHost(flags.host ?? (env['SERVER_HOST'] || '127.0.0.1'));
  const port = tcpPort(flags.port ?? (env['SERVER_PORT'] || '5000'));
  return {
    host,
    port,
    localPort: localPort(host, port, env['STREAMSWARM_LOCAL_PORT']),
    hello: helloMode(flags.hello ?? (env['STREAMSWARM_HELLO'] || 'full')),
    database: chooseDatabase(
      flags.databaseUrl ?? env['DATABASE_URL'],
      flags.databaseCaFile ?? env['DATABASE_CA_FILE'],
    ),
    stateDir: chooseStateFolder({
      given: flags.stateDir ?? env['STREAMSWARM_STATE_DIR'],
      isRoot: process.getuid?.() === 0,
      stateHome: env['XDG_STATE_HOME'],
      home: env['HOME'] || homedir(),
      checkout: CHECKOUT,
      canCreate,
    }),
    checkout: CHECKOUT,
    env,
  };
}

function helloMode(text: string): HelloMode {
  const mode = HELLO_MODES.find((candidate) => candidate === text);
  if (mode !== undefined) return mode;
  throw new SettingsError(`--hello (STREAMSWARM_HELLO) is one of ${HELLO_MODES.join(', ')}, not "${text}".`);
}

function canCreate(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
