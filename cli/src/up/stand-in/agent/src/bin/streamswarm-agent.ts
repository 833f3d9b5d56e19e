// Stands in for the agent in tests.
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ strict: false, options: { 'state-dir': { type: 'string' } } });
const own = String(values['state-dir']);
const stateDir = dirname(own);
const tell = (line: string): void => appendFileSync(join(stateDir, 'diary'), `${line}\n`);
const stop = (): void => {
  tell('agent stopped');
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('disconnect', stop);

mkdirSync(own, { recursive: true });
writeFileSync(join(stateDir, 'agent-online'), '');
tell(`agent ${process.pid} runs ${process.env['DATABASE_URL'] ?? 'without the database'}`);
console.log('{"level":40,"msg":"a warning of the agent"}');
setInterval(() => undefined, 60_000);
