import { networkInterfaces } from 'node:os';
import { addressDenial } from './address-policy.ts';
import { hostPolicyContext } from './host-network.ts';

const POLICY_EVERY_MS = 10_000;

/**
 * The policy for addresses. What it knows of this host is read anew every ten seconds, because routes and resolvers
 * change; until then a verdict is remembered, because most slots go where the slot before went.
 */
export function addressGate(
  allowLoopback: boolean,
  monotonicMs: () => number,
): (address: string) => string | null {
  const read = () => hostPolicyContext({ allowLoopback, interfaces: allInterfaces });
  const verdicts = new Map<string, string | null>();
  let context = read();
  let readAtMs = monotonicMs();
  return (address) => {
    if (monotonicMs() - readAtMs > POLICY_EVERY_MS) {
      context = read();
      readAtMs = monotonicMs();
      verdicts.clear();
    }
    let verdict = verdicts.get(address);
    if (verdict === undefined) {
      verdict = addressDenial(address, context);
      verdicts.set(address, verdict);
    }
    return verdict;
  };
}

const allInterfaces = () => Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
