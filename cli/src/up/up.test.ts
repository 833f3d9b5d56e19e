import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { processIdentity } from './lock/process-identity.ts';
import { freePort } from './stand-in/free-port.ts';
import { standInSettings } from './stand-in/settings.ts';
import { until } from './stand-in/until.ts';
import { StartRefused } from './start-refused.ts';
import { createTerminal } from './terminal/terminal.ts';
import { up } from './up.ts';

async function room(t: TestContext) {
  const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm up '));
  const port = await freePort();
  const diary = (): string[] => {
    const file = join(stateDir, 'diary');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  };
  const pidOf = (name: string, but = 0): Promise<number> =>
    until(`${name} runs`, () =>
      diary()
        .map((line) => Number(new RegExp(`^${name} ([0-9]+) runs`).exec(line)?.[1]))
        .findLast((pid) => pid > 0 && pid !== but && processIdentity(pid) !== null),
    );
  const begun: ReturnType<typeof started>[] = [];
  t.after(async () => {
    for (const one of begun) one.stop();
    await Promise.allSettled(begun.map((one) => one.ended));
    rmSync(stateDir, { recursive: true, force: true });
  });
  const start = (onPort = port) => {
    const one = started(stateDir, onPort);
    begun.push(one);
    return one;
  };
  return { stateDir, port, diary, pidOf, start };
}

function started(stateDir: string, port: number) {
  const shown: string[] = [];
  const [stopping, atOnce] = [new AbortController(), new AbortController()];
  const now = (): number => performance.now();
  const ended = up(standInSettings(stateDir, port), {
    terminal: createTerminal({ write: (text) => shown.push(text.trimEnd()) }, now),
    now,
    stopping: stopping.signal,
    atOnce: atOnce.signal,
  });
  ended.catch(() => undefined);
  const running = () =>
    until('the box with the address', () =>
      shown.some((line) => line.includes(`StreamSwarm runs: http://localhost:${port}`)),
    );

  return { shown, ended, running, stop: () => stopping.abort() };
}

test('starts in order, makes the first test once, heals what is killed and stops in reverse order', async (t) => {
  const { stateDir, port, diary, pidOf, start } = await room(t);
  const first = start();
  await first.running();
  assert.match(diary()[0] ?? '', /^operator \d+ runs postgresql:\/\/nobody@/);
  assert.match(
    diary().find((line) => line.startsWith('agent')) ?? '',
    /^agent \d+ runs without the database$/,
  );
  await until('its warning', () => first.shown.includes('! agent: warning: a warning of the agent'));

  const beside = start(await freePort());
  await assert.rejects(beside.ended, (error: Error) => {
    assert.ok(error instanceof StartRefused);
    assert.match(error.message, new RegExp(`http://127.0.0.1:${port} \\(process ${process.pid},`));
    return true;
  });

  for (const name of ['operator', 'agent']) {
    const victim = await pidOf(name);
    process.kill(victim, 'SIGKILL');
    await pidOf(name, victim);
  }
  await until('both are told', () => first.shown.filter((line) => / is back after /.test(line)).length === 2);
  first.stop();
  await first.ended;
  assert.deepEqual(diary().slice(-2), ['agent stopped', 'operator stopped']);
  assert.ok(!existsSync(join(stateDir, 'up.lock')));

  const second = start();
  await second.running();
  second.stop();
  await second.ended;
  assert.equal(diary().filter((line) => line === 'created hello').length, 1);
});

test('a port that a stranger has is no start', async (t) => {
  const { stateDir, port, start } = await room(t);
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  t.after(() => stranger.close());
  await assert.rejects(start().ended, /in use by another program.*npm start -- --port/);
  assert.ok(!existsSync(join(stateDir, 'up.lock')));
});

test('children go when their supervisor is killed, and the next start takes the folder over', async (t) => {
  const { stateDir, port, pidOf, start } = await room(t);
  const script = fileURLToPath(new URL('stand-in/start.ts', import.meta.url));
  const supervisor = spawn(process.execPath, [script, stateDir, String(port)], { stdio: 'ignore' });
  const victims = [await pidOf('operator'), await pidOf('agent')];
  supervisor.kill('SIGKILL');
  await until('the children have gone', () => victims.every((pid) => processIdentity(pid) === null));
  const next = start();
  await next.running();
  next.stop();
  await next.ended;
});
