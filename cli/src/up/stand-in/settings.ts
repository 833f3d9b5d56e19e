import { fileURLToPath } from 'node:url';
import type { UpSettings } from '../settings/settings.ts';

/** Settings under which `up` starts the stand-ins, with a database that nobody connects to. */
export function standInSettings(stateDir: string, port: number): UpSettings {
  return {
    host: '127.0.0.1',
    port,
    localPort: null,
    stateDir,
    hello: 'loopback',
    database: { kind: 'external', url: 'postgresql://nobody@127.0.0.1:1/none', caFile: null },
    checkout: fileURLToPath(new URL('.', import.meta.url)),
    env: { PATH: '/usr/bin:/bin', DATABASE_URL: 'postgresql://somebody@127.0.0.1:1/else' },
  };
}
