import { once } from 'node:events';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { FrameFacts } from './describe-frame.ts';

export interface RelayStart {
  netns: string;
  /** The two ends that are bridged; forward is from the first to the second. */
  devices: readonly [string, string];
  /** Their other ends, still in the same namespace: their offloads are switched off too. */
  peers: readonly string[];
  port: MessagePort;
}

export type RelayCommand = { kind: 'delay'; seconds: number } | { kind: 'take' } | { kind: 'close' };
export type RelayMessage = { kind: 'done' } | { kind: 'records'; records: RelayRecord[] };

/** One frame and the delay it really had between the two ends, by kernel stamps. */
export interface RelayRecord extends FrameFacts {
  direction: 'forward' | 'backward';
  delaySeconds: number;
}

/** A bridge in a thread of its own that delays, and tells the truth about it. */
export class Relay {
  readonly #worker: Worker;
  readonly #port: MessagePort;

  private constructor(worker: Worker, port: MessagePort) {
    this.#worker = worker;
    this.#port = port;
  }

  static async start(start: Omit<RelayStart, 'port'>): Promise<Relay> {
    const { port1, port2 } = new MessageChannel();
    const workerData: RelayStart = { ...start, port: port2 };
    const worker = new Worker(new URL('./relay-worker.ts', import.meta.url), {
      workerData,
      transferList: [port2],
    });
    const relay = new Relay(worker, port1);
    await Promise.race([once(port1, 'message'), once(worker, 'exit')]);
    return relay;
  }

  /** For frames that come in from now on. Change it only while nothing is held. */
  async setDelay(seconds: number): Promise<void> {
    await this.#ask({ kind: 'delay', seconds });
  }

  /** What has been forwarded since the last time. */
  async takeRecords(): Promise<RelayRecord[]> {
    const answer = await this.#ask({ kind: 'take' });
    return answer.kind === 'records' ? answer.records : [];
  }

  async close(): Promise<void> {
    const exited = once(this.#worker, 'exit');
    this.#port.postMessage({ kind: 'close' } satisfies RelayCommand);
    await exited;
  }

  async #ask(command: RelayCommand): Promise<RelayMessage> {
    const answered = once(this.#port, 'message');
    this.#port.postMessage(command);
    const [message] = await answered;
    return message as RelayMessage;
  }
}
