import type { Transaction } from '../database.ts';
import { writeEvent } from './write-event.ts';

/** Both go on asking, each time the other is let in: once in a while is enough to be seen. */
const SAID_AGAIN_MINUTES = 10;

export interface SharedIdentity {
  readonly name: string;
  /** Epochs are the wall clock (ms) of a start, or a little later. */
  readonly epoch: number;
  readonly laterEpoch: number;
}

/** Tells people that two agents have one identity, and which of them is refused. */
export async function reportSharedIdentity(tx: Transaction, shared: SharedIdentity): Promise<void> {
  const { name, epoch, laterEpoch } = shared;
  const said = await tx.query(
    `select 1 from event where agent = $1 and reason = 'IdentityShared' and at > clock_timestamp() - make_interval(mins => $2)
     limit 1`,
    [name, SAID_AGAIN_MINUTES],
  );
  if (said.length > 0) return;
  const started = (ms: number): string => new Date(ms).toISOString();
  await writeEvent(tx, {
    kind: 'agent',
    reason: 'IdentityShared',
    message:
      `two agents have the identity of ${name}: the one that started at ${started(laterEpoch)} goes on, the one of ` +
      `${started(epoch)} is refused. Stop one of them; a copied state folder must not be used.`,
    agent: name,
    warning: true,
  });
}
