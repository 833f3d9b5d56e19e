// Stands in for the operator in tests: the few answers that `up` asks for, and a diary of what happened to it.
import { appendFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  strict: false,
  options: { port: { type: 'string' }, 'state-dir': { type: 'string' } },
});
const stateDir = String(values['state-dir']);
const tell = (line: string): void => appendFileSync(join(stateDir, 'diary'), `${line}\n`);
const stop = (): void => {
  tell('operator stopped');
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('disconnect', stop);

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const answer = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  if (request.url === '/api/v1/fleet') {
    answer(200, { agents: [{ online: existsSync(join(stateDir, 'agent-online')) }] });
  } else if (request.method === 'POST' && request.url === '/api/v1/tests') {
    tell(`created ${JSON.parse(body).metadata.name}`);
    answer(201, {});
  } else answer(404, {});
});
server.listen(Number(values.port), '127.0.0.1', () => {
  tell(`operator ${process.pid} runs ${process.env['DATABASE_URL']}`);
  process.send?.({ ready: true });
});
