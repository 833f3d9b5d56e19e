import type { AgentView } from '@streamswarm/contract';
import type { AgentRow } from '../../store/queries/agents.ts';
import { isoOrNull } from '../window/window.ts';

/** An agent for people; one that never sent a word has an empty spool and no `through`. */
export function agentView({
  nodeName,
  nodeLabels: _nodeLabels,
  address: _address,
  throughMs,
  ...row
}: AgentRow): AgentView {
  return {
    ...row,
    labels: { ...row.labels },
    node: nodeName,
    firstSeen: row.firstSeen.toISOString(),
    lastSeen: row.lastSeen.toISOString(),
    spool: row.spool ?? { batches: 0, bytes: 0, bad: 0 },
    revokedAt: row.revokedAt?.toISOString() ?? null,
    through: isoOrNull(throughMs),
  };
}
