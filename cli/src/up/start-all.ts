import { join } from 'node:path';
import type { ConsoleAddress } from '@streamswarm/operator/access/open-to-people';
import { createHello } from './hello/create-hello.ts';
import { helloTest } from './hello/hello-test.ts';
import { findSurroundings } from './hello/surroundings.ts';
import { type ChildLog, childLog } from './logs/child-log.ts';
import { programWarning } from './logs/warning-line.ts';
import { agentOnline } from './services/agent-online.ts';
import { childEnvironment } from './services/child-environment.ts';
import { consoleAddress, consoleLines } from './services/console-address.ts';
import { startDatabase } from './services/database.ts';
import { missingPermissions } from './services/missing-permissions.ts';
import { programService } from './services/program-service.ts';
import type { UpSettings } from './settings/settings.ts';
import { StartRefused } from './start-refused.ts';
import { type Kept, keepAlive, type Service } from './supervise/keep-alive.ts';
import type { UpRoom } from './up.ts';

const AGENT_ONLINE_WITHIN_MS = 20_000;

export interface Start {
  readonly settings: UpSettings;
  readonly room: UpRoom;
  readonly stateDir: string;
  /** Address of the API and console. */
  readonly server: string;
  /** What runs, in the order of starting; filled as it goes, so that a failed start can stop it. */
  readonly kept: Kept[];
}

/** Starts database, operator and agent one after the other, makes the first test, and says where to look. */
export async function startAll(start: Start): Promise<void> {
  const { settings, room, stateDir, server } = start;
  const say = (line: string): void => {
    if (!room.stopping.aborted) room.terminal.warn(line);
  };
  const logs = join(stateDir, 'logs');
  const run = runner(start, say);
  const program = (
    name: 'operator' | 'agent',
  ): { script: string; cwd: string; log: ChildLog; pidFile: string } => ({
    script: join(settings.checkout, name, 'src', 'bin', `streamswarm-${name}.ts`),
    cwd: stateDir,
    pidFile: join(stateDir, `${name}.pid`),
    log: childLog({ name, folder: logs, warning: programWarning, say, now: room.now }),
  });

  const { checkout, database } = settings;
  let open: ConsoleAddress | null = null;
  let isBoxed = false;
  const { url, caFile } = await startDatabase(database, { stateDir, logs, say, now: room.now, run });
  await run('Starting API and console', 'API and console are ready', async () =>
    programService({
      name: 'Operator',
      ...program('operator'),
      args: [
        ...['--host', settings.host, '--port', String(settings.port)],
        ...openArguments(settings),
        ...['--console-dir', join(checkout, 'console', 'out'), '--state-dir', stateDir],
      ],
      env: childEnvironment(settings.env, {
        DATABASE_URL: url,
        ...(caFile === null ? {} : { DATABASE_CA_FILE: caFile }),
      }),
      tellsReady: true,
      told: (message) => {
        open = consoleAddress(message) ?? open;
        // An operator that was started again has made a new link, and the former one is worth nothing.
        const link = consoleAddress(message)?.adminLink ?? null;
        if (isBoxed && link !== null) say(`first admin, within an hour, once: ${link}`);
      },
    }),
  );
  await run('Starting the agent of this machine', 'Agent of this machine started', async () =>
    programService({
      name: 'Agent',
      ...program('agent'),
      args: ['--server', server, '--state-dir', join(stateDir, 'agent')],
      env: childEnvironment(settings.env, {}),
      tellsReady: false,
    }),
  );
  await createFirstTest(start);
  const wait = { withinMs: AGENT_ONLINE_WITHIN_MS, signal: room.stopping, now: room.now };
  if (!(await agentOnline(server, wait))) {
    say(`the agent has not reported yet and keeps trying; why, stands in ${join(logs, 'agent.log')}`);
  }
  for (const line of await missingPermissions(server, room.stopping)) say(line);
  isBoxed = true;
  room.terminal.box([
    `StreamSwarm runs: ${server.replace('//127.0.0.1:', '//localhost:')}`,
    ...(open === null ? [] : consoleLines(open)),
    `State: ${stateDir}`,
    'Stop:  Ctrl-C',
  ]);
}

/** What the operator needs beside host and port where other machines may come in. */
function openArguments({ host, localPort, env }: UpSettings): string[] {
  if (localPort === null) return [];
  const agents = env['STREAMSWARM_AGENTS_HOST'] ? [] : ['--agents-host', host];
  return ['--local-port', String(localPort), ...agents];
}

/** Starts a service and keeps it running, with one line for how it went. */
function runner({ room, kept }: Start, say: (line: string) => void) {
  return async (doing: string, done: string, make: () => Promise<Service>): Promise<void> => {
    const step = room.terminal.step(doing);
    try {
      kept.push(await keepAlive(await make(), room.stopping, { say, now: room.now }));
      step.done(done);
    } catch (error) {
      if (room.stopping.aborted) throw error;
      step.failed();
      throw new StartRefused((error as Error).message, { cause: error });
    }
  };
}

async function createFirstTest({ settings, room, stateDir, server }: Start): Promise<void> {
  const around = settings.hello === 'full' ? await findSurroundings() : { gateway: null, resolver: null };
  const manifest = helloTest({ mode: settings.hello, consoleUrl: `${server}/`, ...around });
  if (manifest === null) return;
  const problem = await createHello(manifest, { server, stateDir, signal: room.stopping });
  if (problem !== null) room.terminal.warn(`the first test could not be created: ${problem}`);
}
