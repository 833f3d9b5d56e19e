import { closeSync, writeSync } from 'node:fs';
import { isIP } from 'node:net';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { unpackEchoes } from './echo-codec.ts';
import { MAX_ECHO_SIZE } from './echo-frame.ts';
import type { Command, WorkerMessage, WorkerStart } from './messages.ts';
import type {
  ConnectRequest,
  ConnectResult,
  EchoRequest,
  EchoResult,
  EngineCapabilities,
  EngineOptions,
  RunningEngine,
} from './packet-engine.ts';

/** Built code stands beside this file under the same name with another ending. */
const WORKER = new URL(
  import.meta.url.endsWith('.ts') ? './packet-worker.ts' : './packet-worker.js',
  import.meta.url,
);

/** eventfd(2) takes a u64 in host order. */
const ONE = new Uint8Array(BigUint64Array.of(1n).buffer);

/** Starts the worker; a worker that cannot start (no koffi for this platform, no such namespace) is a value. */
export function startWorkerEngine(
  options: EngineOptions,
): Promise<{ engine: RunningEngine } | { failure: string }> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const workerData: WorkerStart = { port: port2, options };
    const worker = new Worker(WORKER, { workerData, transferList: [port2], name: 'packet-engine' });
    const fail = (error: Error): void => {
      port1.close();
      resolve({ failure: error.message });
    };
    const ended = (): void => fail(new Error('the packet worker ended before it was ready'));
    worker.once('error', fail);
    worker.once('exit', ended);
    port1.once('message', (message: WorkerMessage) => {
      if (message.kind !== 'ready') return;
      worker.off('error', fail);
      worker.off('exit', ended);
      resolve({ engine: new WorkerEngine(worker, port1, message) });
    });
  });
}

interface Pending {
  resolve: (result: never) => void;
  reject: (error: Error) => void;
}

class WorkerEngine implements RunningEngine {
  readonly capabilities: EngineCapabilities;
  readonly ended: Promise<Error>;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #eventFd: number;
  readonly #exited: Promise<void>;
  readonly #pending = new Map<number, Pending>();
  #outgoing: Command[] = [];
  #nextId = 0;
  #end: Error | undefined;

  constructor(worker: Worker, port: MessagePort, ready: WorkerMessage & { kind: 'ready' }) {
    this.capabilities = ready.capabilities;
    this.#worker = worker;
    this.#port = port;
    this.#eventFd = ready.eventFd;
    port.on('message', (message: WorkerMessage) => this.#receive(message));
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    this.ended = new Promise((resolve) => {
      worker.on('error', (cause) => this.#fail(new Error('the packet worker failed', { cause }), resolve));
      worker.once('exit', () => this.#fail(new Error('the packet worker has ended'), resolve));
    });
    // An idle engine keeps no process alive; a request under way does.
    worker.unref();
    port.unref();
  }

  echo(request: EchoRequest): Promise<EchoResult> {
    const problem = echoProblem(request, this.capabilities);
    if (problem !== undefined) return Promise.reject(problem);
    return this.#ask<EchoResult>((id) => ({ kind: 'echo', id, request }));
  }

  connect(request: ConnectRequest): Promise<ConnectResult> {
    return this.#ask<ConnectResult>((id) => ({ kind: 'connect', id, request }));
  }

  ping(): Promise<void> {
    return this.#ask<void>((id) => ({ kind: 'ping', id }));
  }

  async close(): Promise<void> {
    if (this.#end === undefined) {
      this.#port.postMessage([...this.#outgoing, { kind: 'close' }] satisfies Command[]);
      this.#wake();
      this.#stop(new Error('the packet engine was closed'));
    }
    this.#worker.ref();
    await this.#exited;
  }

  #ask<Result>(command: (id: number) => Command): Promise<Result> {
    if (this.#end !== undefined) return Promise.reject(this.#end);
    const id = this.#nextId++;
    // All requests of one tick, whichever callbacks made them, leave as one message and one wake.
    if (this.#outgoing.push(command(id)) === 1) setImmediate(() => this.#flush());
    if (this.#pending.size === 0) this.#port.ref();
    return new Promise<Result>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #flush(): void {
    if (this.#end !== undefined) return;
    this.#port.postMessage(this.#outgoing);
    this.#outgoing = [];
    this.#wake();
  }

  #wake(): void {
    writeSync(this.#eventFd, ONE);
  }

  #receive(message: WorkerMessage): void {
    if (message.kind !== 'results') return;
    for (const { id, result } of unpackEchoes(message.echoes, message.extras)) this.#settle(id, result);
    for (const { id, result } of message.connects) this.#settle(id, result);
    for (const id of message.pings) this.#settle(id, undefined);
    for (const { id, message: text } of message.refused) {
      this.#pending.get(id)?.reject(new TypeError(text));
      this.#pending.delete(id);
    }
    if (this.#pending.size === 0) this.#port.unref();
  }

  #settle(id: number, result: EchoResult | ConnectResult | undefined): void {
    // The id was handed out with a promise of this very kind of result.
    this.#pending.get(id)?.resolve(result as never);
    this.#pending.delete(id);
  }

  /** The worker went without being asked to: what it has left open for this thread is closed here. */
  #fail(reason: Error, ended: (reason: Error) => void): void {
    if (this.#end !== undefined) return;
    this.#stop(reason);
    void this.#exited.then(() => closeSync(this.#eventFd));
    ended(reason);
  }

  /** From here on the eventfd may be anybody's: nothing is written to it any more. */
  #stop(reason: Error): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
    this.#port.close();
  }
}

function echoProblem(request: EchoRequest, capabilities: EngineCapabilities): Error | undefined {
  const version = isIP(request.address);
  if (version === 0) return new TypeError(`not a literal address: ${request.address}`);
  const icmp = version === 4 ? capabilities.icmp4 : capabilities.icmp6;
  if (typeof icmp === 'object') return new Error(`ICMP echo is not available: ${icmp.detail}`);
  if (!Number.isInteger(request.count) || request.count < 1) return new RangeError('count must be 1 or more');
  if (!Number.isInteger(request.size) || request.size < 0 || request.size > MAX_ECHO_SIZE) {
    return new RangeError(`size must be 0 .. ${MAX_ECHO_SIZE}`);
  }
  return undefined;
}
