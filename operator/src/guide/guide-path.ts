import type { TraceHop } from '@streamswarm/contract';
import Type, { type Static } from 'typebox';

/** One hop of `traceroute_data`; times in ms, as everywhere in the guide. */
export const GuideHop = Type.Object({
  ttl: Type.Integer(),
  address: Type.Union([Type.String(), Type.Null()], { description: 'Null: nothing answered at this TTL.' }),
  rtt_ms: Type.Array(Type.Number(), { description: 'Round trips of the answered packets.' }),
  sent: Type.Integer(),
  lost: Type.Integer(),
});
export type GuideHop = Static<typeof GuideHop>;

/** The path of a trace; null where it has none. */
export function guidePath(path: unknown): GuideHop[] | null {
  if (!Array.isArray(path)) return null;
  return (path as readonly TraceHop[]).map(({ ttl, address, sent, rtts_seconds }) => ({
    ttl,
    address,
    rtt_ms: rtts_seconds.map((seconds) => Number((seconds * 1_000).toPrecision(12))),
    sent,
    lost: sent - rtts_seconds.length,
  }));
}
