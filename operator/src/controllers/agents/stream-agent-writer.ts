import { isDeepStrictEqual } from 'node:util';
import type { Condition } from '@streamswarm/contract';
import type { StreamAgentDecision } from '../../domain/agents/decide-stream-agent.ts';
import { wholeSeconds } from '../../domain/status/whole-seconds.ts';
import { setCondition } from '../../kube/conditions.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { isNotFound } from '../../kube/kube-error.ts';
import { type OwnerReference, STREAM_AGENTS } from '../../kube/objects.ts';
import { OPERATOR_NAME } from '../operator-name.ts';
import type { StreamAgentObject } from './agent-objects.ts';

/** How often the time an agent was last heard is written where nothing else changes. */
const HEARTBEAT_MS = 300_000;

export interface StreamAgentWish {
  readonly name: string;
  readonly decision: StreamAgentDecision;
  readonly owner: OwnerReference | null;
}

/** Makes a StreamAgent say what was decided, with as few writes as that takes. Returns whether it wrote. */
export async function writeStreamAgent(
  kube: KubeClient,
  stored: StreamAgentObject | null,
  { wish, nowMs }: { readonly wish: StreamAgentWish; readonly nowMs: number },
): Promise<boolean> {
  const { name, decision, owner } = wish;
  let wrote = false;
  const metadata = { name, ...(owner === null ? {} : { ownerReferences: [owner] }) };
  if (
    stored === null ||
    stored.spec.kind !== decision.spec.kind ||
    stored.spec.nodeName !== decision.spec.nodeName
  ) {
    const object = { metadata, spec: decision.spec };
    await kube.apply(STREAM_AGENTS, object, { fieldManager: OPERATOR_NAME, force: true });
    wrote = true;
  }
  const before = stored?.status ?? {};
  const conditions = setCondition(
    before.conditions ?? [],
    { type: 'Online', ...decision.online },
    wholeSeconds(nowMs),
  );
  if (!isWorthWriting(before, decision, conditions)) return wrote;
  const status = { ...decision.status, conditions: [...conditions] };
  try {
    await kube.apply(
      STREAM_AGENTS,
      { metadata: { name }, status },
      { fieldManager: OPERATOR_NAME, force: true, subresource: 'status' },
    );
  } catch (error) {
    // Deleted in between: the next turn makes it anew.
    if (!isNotFound(error)) throw error;
  }
  return true;
}

function isWorthWriting(
  before: NonNullable<StreamAgentObject['status']>,
  { status }: StreamAgentDecision,
  conditions: readonly Condition[],
): boolean {
  if (conditions !== before.conditions && !isDeepStrictEqual(conditions, before.conditions ?? []))
    return true;
  if (status.version !== before.version || !isDeepStrictEqual(status.addresses, before.addresses))
    return true;
  if (status.tests !== before.tests) return true;
  if (status.lastSeenTime === undefined) return false;
  const ageMs = Date.parse(status.lastSeenTime) - Date.parse(before.lastSeenTime ?? '1970-01-01T00:00:00Z');
  return ageMs >= HEARTBEAT_MS;
}
