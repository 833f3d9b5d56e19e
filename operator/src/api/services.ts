import type {
  Accounting,
  BatchAck,
  Fleet,
  LiveHint,
  PlanLine,
  SessionRequest,
  SessionResponse,
} from '@streamswarm/contract';
import type { Reads } from '../store/queries/reads.ts';
import type { StreamTestStore } from '../stream-tests/stream-test-store.ts';

export type IngestResult =
  | { readonly kind: 'ack'; readonly ack: BatchAck }
  | { readonly kind: 'invalid'; readonly detail: string }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

/** The operator's side of an agent's connection. */
export interface AgentServices {
  openSession(request: SessionRequest): Promise<SessionResponse>;
  /** Id of the agent that a token belongs to, or null. */
  authenticate(token: string): Promise<string | null>;
  /** The plan of an agent from now on; ends when the signal fires. */
  planLines(agentId: string, signal: AbortSignal): AsyncIterable<PlanLine>;
  ingest(agentId: string, word: unknown, batch: Uint8Array | null): Promise<IngestResult>;
}

/** Which slots the books are asked for; times in milliseconds, all absent: everything. */
export interface AccountingFilter {
  readonly namespace?: string;
  readonly test?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** All that the API needs of the rest of the operator. */
export interface ApiServices {
  readonly tests: Pick<StreamTestStore, 'list' | 'get' | 'apply' | 'remove' | 'annotate' | 'setSuspend'>;
  readonly books: { accounting(filter: AccountingFilter): Promise<Accounting> };
  readonly agents: AgentServices;
  readonly reads: Reads;
  /** Postgres's clock, in milliseconds. */
  nowMs(): Promise<number>;
  readonly live: { subscribe(handler: (hint: LiveHint) => void): () => void };
  readonly fleetInfo: {
    readonly cluster: string;
    readonly version: string;
    /** RFC 3339. */
    readonly startedAt: string;
    readonly loopbackOnly: boolean;
    startup(): Fleet['startup'];
  };
  isReady(): Promise<{ readonly ready: boolean; readonly why?: string }>;
}
