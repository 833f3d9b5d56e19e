import type {
  Accounting,
  BatchAck,
  Fleet,
  LiveHint,
  PlanLine,
  RetentionDays,
  RetentionView,
  SessionRequest,
  SessionResponse,
} from '@streamswarm/contract';
import type { Access } from '../access/access.ts';
import type { AgentSession } from '../agents/live-sessions.ts';
import type { Caller } from '../agents/session-gate.ts';
import type { GuideSettings } from '../guide/guide-settings.ts';
import type { JoiningServices } from '../joining/joining-services.ts';
import type { ExportWish, SampleRow } from '../store/queries/export/export-samples.ts';
import type { GuideStore } from '../store/queries/guide/guide-store.ts';
import type { Reads } from '../store/queries/reads.ts';
import type { StreamTestStore } from '../stream-tests/stream-test-store.ts';

export type IngestResult =
  | { readonly kind: 'ack'; readonly ack: BatchAck }
  | { readonly kind: 'invalid'; readonly detail: string }
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number };

export type SessionResult =
  | { readonly kind: 'opened'; readonly session: SessionResponse }
  | { readonly kind: 'forbidden' | 'superseded' | 'revoked'; readonly detail: string };

/** The operator's side of an agent's connection. */
export interface AgentServices {
  /** `caller` is what is proven of the one who asks. */
  /** `receivedAgoMs`: since the request came in; the agent's clock is compared as of then. */
  openSession(request: SessionRequest, caller: Caller, receivedAgoMs: number): Promise<SessionResult>;
  /** The session that a token belongs to, or null. */
  authenticate(token: string): Promise<AgentSession | null>;
  /** The plan of an agent from now on; ends with its session, or when the signal fires. */
  planLines(session: AgentSession, signal: AbortSignal): AsyncIterable<PlanLine>;
  ingest(agentId: string, word: unknown, batch: Uint8Array | null): Promise<IngestResult>;
}

/** Which slots the books are asked for; times in milliseconds, all absent: everything. */
export interface AccountingFilter {
  readonly namespace?: string;
  readonly test?: string;
  readonly agent?: string;
  readonly probe?: string;
  readonly destination?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
}

/** The guide's API. */
export interface GuideServices {
  readonly settings: GuideSettings;
  readonly store: GuideStore;
}

/** All that the API needs of the rest of the operator. */
export interface ApiServices {
  readonly tests: Pick<StreamTestStore, 'list' | 'get' | 'apply' | 'remove' | 'annotate' | 'setSuspend'>;
  readonly books: { accounting(filter: AccountingFilter): Promise<Accounting> };
  readonly agents: AgentServices;
  readonly joining: JoiningServices;
  readonly access: Access;
  readonly reads: Reads;
  readonly exports: {
    /** Oldest first, some thousand rows at a time. */
    samples(wish: ExportWish, take: (rows: readonly SampleRow[]) => Promise<void>): Promise<void>;
  };
  /** Null: switched off. */
  readonly guide: GuideServices | null;
  readonly retention: {
    get(): Promise<RetentionView>;
    /** What is kept from now on. */
    set(days: RetentionDays): Promise<RetentionView>;
  };
  /** Postgres's clock, in milliseconds. */
  nowMs(): Promise<number>;
  readonly live: { subscribe(handler: (hint: LiveHint) => void): () => void };
  readonly fleetInfo: {
    readonly cluster: string;
    readonly version: string;
    /** RFC 3339. */
    readonly startedAt: string;
    readonly loopbackOnly: boolean;
    /** Whether tests live in a Kubernetes cluster. */
    readonly kubernetes: boolean;
    startup(): Fleet['startup'];
  };
  isReady(): Promise<{ readonly ready: boolean; readonly why?: string }>;
}
