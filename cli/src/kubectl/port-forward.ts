import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { CommandFailed, EXIT } from '../exit-codes.ts';

export interface PortForward {
  /** Of the operator, on this machine's loopback. */
  readonly url: string;
  stop(): void;
}

/** A way to the operator through the API server, with the rights and the context that kubectl has. */
export async function forwardOperator(namespace: string): Promise<PortForward> {
  const words = ['port-forward', '--namespace', namespace, 'deployment/streamswarm-operator', ':5000'];
  const child = spawn('kubectl', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const port = await new Promise<string>((resolve, reject) => {
    const failed = (why: string): void =>
      reject(new CommandFailed(explain(why, namespace), EXIT.unreachable));
    child.once('error', (error) => failed(error.message));
    child.once('exit', () => failed(said));
    createInterface({ input: child.stderr }).on('line', (line) => {
      said += `${line}\n`;
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return { url: `http://localhost:${port}`, stop: () => void child.kill() };
}

function explain(why: string, namespace: string): string {
  return `The operator in namespace ${namespace} cannot be reached through kubectl: ${why.trim().split('\n').at(-1)}\nIs StreamSwarm installed in another namespace? Then set STREAMSWARM_OPERATOR_NAMESPACE.`;
}
