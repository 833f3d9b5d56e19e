import type { MessagePort } from 'node:worker_threads';
import { type EchoExtras, packEcho } from './echo-codec.ts';
import type { EchoTask } from './echo-task.ts';
import { errnoName } from './errno.ts';
import type { WorkerMessage } from './messages.ts';
import type { ConnectResult } from './packet-engine.ts';

/** Collects the results of one round of the loop and sends them as one message. */
export class Outbox {
  readonly #port: MessagePort;
  #echoes: number[] = [];
  #extras: EchoExtras[] = [];
  #connects: { id: number; result: ConnectResult }[] = [];
  #refused: { id: number; message: string }[] = [];
  #pings: number[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  addEcho(task: EchoTask): void {
    const { id, sent, socket, request } = task;
    // Only a loss makes anyone ask for drops, and each question is a system call.
    const hasLoss = task.settled < request.count;
    const receiveDrops = hasLoss ? Math.max(0, socket.drops() - task.dropsBefore) : 0;
    packEcho(this.#echoes, { id, sent, receiveDrops }, task.replies);
    if (task.sendErrors.size === 0 && task.icmpErrors.length === 0) return;
    const sendErrors = Array.from(task.sendErrors, ([errno, count]) => ({ code: errnoName(errno), count }));
    this.#extras.push({ id, sendErrors, icmpErrors: task.icmpErrors });
  }

  addConnect(id: number, result: ConnectResult): void {
    this.#connects.push({ id, result });
  }

  refuse(id: number, message: string): void {
    this.#refused.push({ id, message });
  }

  answerPing(id: number): void {
    this.#pings.push(id);
  }

  flush(): void {
    const results = this.#echoes.length + this.#connects.length + this.#refused.length;
    if (results + this.#pings.length === 0) return;
    const echoes = Float64Array.from(this.#echoes);
    const message: WorkerMessage = {
      kind: 'results',
      echoes,
      extras: this.#extras,
      connects: this.#connects,
      refused: this.#refused,
      pings: this.#pings,
    };
    this.#port.postMessage(message, [echoes.buffer]);
    this.#echoes = [];
    this.#extras = [];
    this.#connects = [];
    this.#refused = [];
    this.#pings = [];
  }
}
