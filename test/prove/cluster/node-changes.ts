import type { Accounting, StreamTestStatus } from '@streamswarm/contract';
import { type InstalledProduct, NAMESPACE } from '../../support/installed-product.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { manifest } from './manifests.ts';

export interface NodeChangesFigures {
  /** From `kubectl delete node` until no assignment of it is left, s. */
  readonly goneSeconds: number;
  /** From the Node being Ready until its agent has a result of the test, s. */
  readonly joinSeconds: number;
  /** The whole `kubectl rollout` of the DaemonSet, s. */
  readonly rollSeconds: number;
  /** Slots of one second that the worst stream of a node lost to the rolling update, all marked as dropped. */
  readonly worstGapSlots: number;
  readonly scheduled: number;
  readonly dropped: number;
  readonly unaccounted: number;
  readonly surplus: number;
}

const NAME = 'steady';
const STREAMS_OF_A_NODE = 2;

/** Cordon, drain, delete and add a node, roll the DaemonSet: one test runs through it all, and its books balance. */
export async function nodeChanges(product: InstalledProduct): Promise<NodeChangesFigures> {
  const { cluster, kubectl } = product;
  const status = async (): Promise<StreamTestStatus | null> => product.status('default', NAME);
  const booksOfNode = async (node: string): Promise<Accounting['agents'][number] | undefined> =>
    (await product.books(`?namespace=default&test=${NAME}`)).agents.find(({ agent }) => agent === node);
  const okOf = async (node: string): Promise<number> => (await booksOfNode(node))?.ok ?? 0;
  const goesOn = async (node: string): Promise<void> => {
    const before = await okOf(node);
    await waitUntil(`${node} goes on measuring`, async () => (await okOf(node)) > before + 2);
  };

  const oneBeside = (others: readonly string[]): string => {
    const found = cluster.nodes.map(({ name }) => name).find((name) => !others.includes(name));
    if (found === undefined) throw new Error('this needs three nodes');
    return found;
  };

  const spec = {
    destinations: [{ name: 'outside', host: cluster.hostAddress }],
    probes: [{ icmp: { count: 1 } }, { host: {} }],
    interval: '1s',
  };
  await kubectl(['apply', '-f', '-'], manifest(NAME, spec));
  await waitUntil('all three nodes report', async () => (await status())?.agents?.reporting === 3);

  // The evaluation database has no disk of its own: its node is spared.
  const spared = await nodeOf(product, 'postgres');
  const drained = oneBeside([spared]);

  await kubectl(['cordon', drained]);
  await goesOn(drained);
  await kubectl([
    'drain',
    drained,
    '--ignore-daemonsets',
    '--delete-emptydir-data',
    '--force',
    '--timeout=60s',
  ]);
  await product.forwardAgain();
  await goesOn(drained);
  await kubectl(['uncordon', drained]);

  // A deleted node takes its pods along only after a minute; what is measured here is not how long that is.
  const deleted = oneBeside([spared, await nodeOf(product, 'operator')]);
  const deletedMs = performance.now();
  await cluster.removeNode(deleted);
  await waitUntil('the node has no assignment', async () => (await status())?.agents?.assigned === 2, {
    everyMs: 50,
  });
  const goneSeconds = (performance.now() - deletedMs) / 1_000;
  await product.forwardAgain();

  const added = await cluster.addNode();
  const addedMs = performance.now();
  await waitUntil('the new node measures', async () => (await okOf(added.name)) > 0, {
    timeoutMs: 120_000,
    everyMs: 250,
  });
  const joinSeconds = (performance.now() - addedMs) / 1_000;

  const dropsBefore = new Map<string, number>();
  const members = cluster.nodes.map(({ name }) => name);
  for (const name of members) dropsBefore.set(name, (await booksOfNode(name))?.dropped ?? 0);
  const rollMs = performance.now();
  await kubectl(['rollout', 'restart', 'daemonset/streamswarm-agent', '-n', NAMESPACE]);
  await kubectl(['rollout', 'status', 'daemonset/streamswarm-agent', '-n', NAMESPACE, '--timeout=180s']);
  const rollSeconds = (performance.now() - rollMs) / 1_000;
  for (const name of members) await goesOn(name);

  await kubectl(['delete', 'stt', NAME, '-n', 'default']);
  const books = await waitUntil(
    'every slot is answered for',
    async () => {
      const now = await product.books(`?namespace=default&test=${NAME}`);
      return now.pending === 0 ? now : null;
    },
    { timeoutMs: 120_000, everyMs: 500 },
  );
  const gaps = members.map((name) => {
    const dropped = books.agents.find(({ agent }) => agent === name)?.dropped ?? 0;
    return (dropped - (dropsBefore.get(name) ?? 0)) / STREAMS_OF_A_NODE;
  });
  return {
    goneSeconds,
    joinSeconds,
    rollSeconds,
    worstGapSlots: Math.max(...gaps),
    scheduled: books.scheduled,
    dropped: books.dropped,
    unaccounted: books.unaccounted,
    surplus: books.surplus,
  };
}

async function nodeOf({ kubectl }: InstalledProduct, component: string): Promise<string> {
  const selector = `app.kubernetes.io/component=${component}`;
  const output = 'jsonpath={.items[0].spec.nodeName}';
  const fields = '--field-selector=status.phase=Running';
  return await kubectl(['get', 'pods', '-n', NAMESPACE, '-l', selector, fields, '-o', output]);
}
