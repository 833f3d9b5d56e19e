import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./swarm-process.ts', import.meta.url));

export interface SwarmFigures {
  readonly streams: number;
  readonly failures: number;
  /** What failed, and how often. */
  readonly messages: Readonly<Record<string, number>>;
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

export interface Swarm {
  /** When each agent of a test heard of it, by `namespace/name`; wall clock, ms. */
  readonly assigned: ReadonlyMap<string, readonly number[]>;
  figures(): Promise<SwarmFigures>;
  stop(): Promise<void>;
}

type Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'assigned'; readonly agent: number; readonly test: string; readonly atMs: number }
  | ({ readonly kind: 'figures' } & SwarmFigures);

/** Simulated agents `prefix-0` and so on, all with an open plan stream when this resolves. */
export async function startSwarm(server: string, prefix: string, count: number): Promise<Swarm> {
  const child = fork(PROGRAM, [server, prefix, String(count)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const assigned = new Map<string, number[]>();
  const ready = Promise.withResolvers<void>();
  let answer: ((figures: SwarmFigures) => void) | null = null;
  child.on('message', (message: Message) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'figures') answer?.(message);
    else {
      const times = assigned.get(message.test) ?? [];
      times.push(message.atMs);
      assigned.set(message.test, times);
    }
  });
  child.on('exit', (code) => ready.reject(new Error(`the simulated agents ended with code ${code}`)));
  await ready.promise;
  return {
    assigned,
    figures() {
      const { promise, resolve } = Promise.withResolvers<SwarmFigures>();
      answer = resolve;
      child.send('figures');
      return promise;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
