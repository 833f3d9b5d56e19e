import type { OperatorTime } from '@streamswarm/contract/wire/joining';
import type { OperatorHttp } from './operator-http.ts';

const TIMEOUT_MS = 10_000;

/** The operator's clock, ms; at most the way of the answer late. */
export async function askOperatorTime(http: OperatorHttp): Promise<number> {
  const answer = await http.ask("the operator's time", {
    method: 'GET',
    path: '/agent/v1/time',
    headers: {},
    timeoutMs: TIMEOUT_MS,
  });
  const { nowMs } = answer as OperatorTime;
  if (!Number.isFinite(nowMs)) throw new Error('the server told no time: is it a StreamSwarm operator?');
  return nowMs;
}
