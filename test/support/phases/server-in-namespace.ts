import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Namespace } from '../net/namespace.ts';

export interface ServerInside {
  /** Lines that it printed, the first of all waited for. */
  readonly lines: readonly string[];
  close(): Promise<void>;
}

/** Runs a script of this folder in a namespace until it has printed a line; the script ends with its input. */
export async function serverInNamespace(namespace: Namespace, script: string): Promise<ServerInside> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const words = ['netns', 'exec', namespace.name, process.execPath, path];
  const child = spawn('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  return {
    lines,
    async close() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}
