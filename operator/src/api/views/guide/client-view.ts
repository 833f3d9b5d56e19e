import Type, { type Static } from 'typebox';
import { guideTime } from '../../../guide/guide-time.ts';
import type { GuideClient } from '../../../store/queries/guide/clients.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const ClientView = Type.Object({
  id: Type.Integer(),
  hostname: Type.String(),
  ip_address: orNull(Type.String()),
  system_info: Type.Unknown({ description: 'Of an agent: its platform; of a script: what it told.' }),
  status: Type.Unsafe<'online' | 'offline'>({ type: 'string', enum: ['online', 'offline'] }),
  kind: Type.Unsafe<'agent' | 'script'>({
    type: 'string',
    enum: ['agent', 'script'],
    description: 'An agent measures by itself; a script registered, and submits.',
  }),
  last_seen: Type.String({ description: 'ISO 8601 without zone, in UTC.' }),
  created_at: Type.String({ description: 'ISO 8601 without zone, in UTC.' }),
});
export type ClientView = Static<typeof ClientView>;

/** Heartbeats that may be missed before a script counts as offline. */
const MISSED = 3;

export interface ClientTimes {
  readonly nowMs: number;
  readonly heartbeatSeconds: number;
}

/** Whether a client is there: an agent by its session, a script by its heartbeats. */
export function isOnline(client: GuideClient, { nowMs, heartbeatSeconds }: ClientTimes): boolean {
  if (client.agentOnline !== null) return client.agentOnline;
  return nowMs - client.lastSeen.getTime() <= MISSED * heartbeatSeconds * 1_000;
}

export function clientView(client: GuideClient, times: ClientTimes): ClientView {
  return {
    id: client.id,
    hostname: client.hostname,
    ip_address: client.ipAddress,
    system_info: client.systemInfo,
    status: isOnline(client, times) ? 'online' : 'offline',
    kind: client.agentId === null ? 'script' : 'agent',
    last_seen: guideTime(client.lastSeen.getTime()),
    created_at: guideTime(client.registeredAt.getTime()),
  };
}
