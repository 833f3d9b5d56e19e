// What main thread and worker say to each other. Both directions travel in batches: a message per probe would
// cost more than the probe.
import type { EchoExtras } from './echo-codec.ts';
import type {
  ConnectRequest,
  ConnectResult,
  EchoRequest,
  EngineCapabilities,
  EngineOptions,
} from './packet-engine.ts';

export interface WorkerStart {
  port: import('node:worker_threads').MessagePort;
  options: EngineOptions;
}

export type Command =
  | { kind: 'echo'; id: number; request: EchoRequest }
  | { kind: 'connect'; id: number; request: ConnectRequest }
  | { kind: 'ping'; id: number }
  | { kind: 'close' };

export type WorkerMessage =
  | { kind: 'ready'; eventFd: number; capabilities: EngineCapabilities }
  | {
      kind: 'results';
      /** Echo results as echo-codec.ts packs them. */
      echoes: Float64Array;
      extras: EchoExtras[];
      connects: { id: number; result: ConnectResult }[];
      /** Pings, each answered. */
      pings: number[];
      /** Requests that could not be begun, such as one for an address that is none. */
      refused: { id: number; message: string }[];
    };
