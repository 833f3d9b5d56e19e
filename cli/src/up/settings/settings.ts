import type { HelloMode } from '../hello/hello-test.ts';
import type { DatabaseChoice } from './database-choice.ts';

export interface UpSettings {
  readonly host: string;
  readonly port: number;
  /** Loopback port for programs of this machine, where `host` lets other machines in; else null. */
  readonly localPort: number | null;
  readonly stateDir: string;
  readonly hello: HelloMode;
  readonly database: DatabaseChoice;
  /** Root of the checkout: where the console and the programs lie. */
  readonly checkout: string;
  /** What the children get to see of our environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
}
