import type { AgentReason, StreamAgentSpec, StreamAgentStatus } from '@streamswarm/contract';
import { wholeSeconds } from '../status/whole-seconds.ts';

export interface StreamAgentInput {
  readonly kind: 'Node' | 'Host';
  readonly nodeName: string | null;
  /** Null before its first session. */
  readonly session: {
    readonly version: string;
    readonly online: boolean;
    readonly lastSeenMs: number;
    readonly tests: number;
    readonly addresses: readonly string[];
  } | null;
  readonly suspended: boolean;
}

export interface StreamAgentDecision {
  readonly spec: StreamAgentSpec;
  readonly status: Omit<StreamAgentStatus, 'conditions'>;
  readonly online: {
    readonly status: 'True' | 'False';
    readonly reason: AgentReason;
    readonly message: string;
  };
}

/** As many as the schema of StreamAgent takes. */
const MOST_ADDRESSES = 16;

/** What the StreamAgent of an agent says. */
export function decideStreamAgent(input: StreamAgentInput): StreamAgentDecision {
  const { kind, nodeName, session } = input;
  return {
    spec: { kind, ...(nodeName === null ? {} : { nodeName }) },
    status:
      session === null
        ? {}
        : {
            version: session.version,
            tests: session.tests,
            lastSeenTime: wholeSeconds(session.lastSeenMs),
            addresses: session.addresses.slice(0, MOST_ADDRESSES),
          },
    online: onlineOf(input),
  };
}

function onlineOf({ session, suspended }: StreamAgentInput): StreamAgentDecision['online'] {
  if (session === null) {
    const message = 'its pod is there, and no agent has opened a session yet: see the log of the pod';
    return { status: 'False', reason: 'Pending', message };
  }
  if (!session.online) {
    const message =
      'not heard any more; it goes on with its last plan and keeps its results until it is back';
    return { status: 'False', reason: 'Silent', message };
  }
  return suspended
    ? { status: 'True', reason: 'Suspended', message: 'connected; suspended, so it gets no assignments' }
    : { status: 'True', reason: 'Connected', message: 'connected' };
}
