import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Namespace } from './namespace.ts';

const SERVER = `
const server = require('node:net').createServer((socket) => socket.on('error', () => {}).resume());
server.listen(0, '::', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit()).resume();
`;

/** A TCP server inside a namespace, on a free port of both families; it ends with close() or with this process. */
export async function startTcpListener(
  namespace: Namespace,
): Promise<{ port: number; close: () => Promise<void> }> {
  const words = ['netns', 'exec', namespace.name, process.execPath, '-e', SERVER];
  const child = spawn('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(createInterface(child.stdout), 'line');
  return {
    port: Number(line),
    close: async () => {
      const exited = once(child, 'exit');
      child.stdin.end();
      await exited;
    },
  };
}
