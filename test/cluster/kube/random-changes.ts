import type { KubeClient } from '@streamswarm/operator/kube/kube-client';
import { CONFIG_MAPS } from '@streamswarm/operator/kube/objects';
import { pickFrom } from '../../support/kube-faults/watch-fault.ts';

const NAMES = Array.from({ length: 12 }, (_, i) => `object-${i}`);
/** What the lane's cache may be narrowed to by a label selector. */
export const CHOSEN = 'chosen=yes';

/** One random change of one of few ConfigMaps of a namespace: made, changed, relabelled, deleted, made anew. */
export async function changeSomething(
  client: KubeClient,
  namespace: string,
  { random, round }: { random: () => number; round: number },
): Promise<void> {
  const ref = { namespace, name: pickFrom(NAMES, random) };
  const chosen = random() < 0.8 ? 'yes' : 'no';
  const object = {
    metadata: { ...ref, labels: { chosen } },
    data: { round: String(round), filler: 'x'.repeat(Math.floor(random() * 2_000)) },
  };
  const kind = random();
  if (kind < 0.5) await client.apply(CONFIG_MAPS, object, { fieldManager: 'random-changes', force: true });
  else if (kind < 0.75) await client.remove(CONFIG_MAPS, ref);
  else {
    await client.remove(CONFIG_MAPS, ref);
    await client.create(CONFIG_MAPS, object, { fieldManager: 'random-changes' });
  }
}
