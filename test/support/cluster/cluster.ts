import { mkdirSync, rmSync } from 'node:fs';
import { waitUntil } from '../wait-until.ts';
import { nodeName } from './control-plane/users.ts';
import { type ControlPlane, runControlPlane } from './control-plane.ts';
import { narrate } from './narrate.ts';
import { type LabNetwork, startLabNetwork } from './network/lab-network.ts';
import { writeKubeletClient } from './node/kubelet-client.ts';
import { type LabNode, type ManagedNode, makeNode } from './node/lab-node.ts';
import { pauseImageTar } from './node/pause-image.ts';
import { startKeeper } from './ownership/keeper.ts';
import { LabRecord } from './ownership/lab-record.ts';
import { identityOf } from './ownership/process-identity.ts';
import { removeLab } from './ownership/remove-lab.ts';
import { sweepDeadLabs } from './ownership/sweep-labs.ts';
import { ensureTools } from './tools.ts';

export type { LabNode } from './node/lab-node.ts';

export interface ClusterOptions {
  /** How many nodes, named node-1 and so on. Default 3. */
  readonly nodes?: number;
}

/** A real cluster: control plane in the root namespace, every node in namespaces of its own. */
export interface Cluster extends ControlPlane {
  readonly nodes: readonly LabNode[];
  /** This machine's address in the lab: nodes and pods reach there what a test listens with. */
  readonly hostAddress: string;
  node(name: string): LabNode;
  /** Starts one more node; images that others have it has too. Resolves when it is Ready. */
  addNode(): Promise<LabNode>;
  /** Ends the node and deletes its Node object. */
  removeNode(name: string): Promise<void>;
  /** Loads a docker-archive or OCI archive into every node, and into those that come later. */
  importImage(tarPath: string): Promise<void>;
  /** Every node that runs is Ready, and pods can be made in the namespace "default". */
  waitNodesReady(): Promise<void>;
}

/** Needs root, Linux, and what needsCluster() of lab-needs.ts asks for. Gone with this process at the latest. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  await sweepDeadLabs();
  const record = new LabRecord({ kind: 'process', ...identityOf(process.pid) });
  const keeper = startKeeper(record.dir);
  const end = async (): Promise<void> => {
    await removeLab(record.dir);
    await keeper.dismiss();
  };
  try {
    return { ...(await runCluster(record, options)), stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Within a record that someone else owns and removes. */
export async function runCluster(
  record: LabRecord,
  { nodes: count = 3 }: ClusterOptions = {},
): Promise<Omit<Cluster, 'stop'>> {
  await ensureTools([
    'etcd',
    'kube-apiserver',
    'kube-controller-manager',
    'kube-scheduler',
    'kubectl',
    'kubelet',
  ]);
  const pauseTar = await pauseImageTar();
  const network = await startLabNetwork(record);
  const kubeletClient = await writeKubeletClient(record.dir, Date.now());
  const nodes: ManagedNode[] = [];
  const images: string[] = [];
  const newNode = async (number: number): Promise<ManagedNode> => {
    const name = nodeName(number);
    const node = await makeNode({
      name,
      number,
      record,
      network,
      pauseTar,
      clientCaFile: kubeletClient.caFile,
    });
    await node.prepare();
    return node;
  };
  mkdirSync(`${record.dir}/nodes`);
  const [plane] = await narrate(`starting the control plane and ${count} nodes`, () =>
    Promise.all([
      startPlane(record, { network, kubeletClient }),
      Promise.all(Array.from({ length: count }, (_, index) => newNode(index + 1))).then((made) =>
        nodes.push(...made),
      ),
    ]),
  );
  const join = (node: ManagedNode): Promise<void> =>
    node.join({
      kubelet: plane.kubeconfigOf(`system:node:${node.name}`),
      kubeProxy: plane.kubeconfigOf('system:kube-proxy'),
    });
  await Promise.all(nodes.map(join));
  const find = (name: string): ManagedNode => {
    const found = nodes.find((node) => node.name === name);
    if (found === undefined)
      throw new Error(`the lab has no ${name}: ${nodes.map((node) => node.name).join(', ')}`);
    return found;
  };
  const waitNodesReady = (): Promise<void> =>
    narrate('waiting for the nodes to be Ready', () =>
      nodesReady(plane, () => nodes.filter((node) => node.running)),
    );
  await waitNodesReady();
  return {
    ...plane,
    nodes,
    hostAddress: network.plan.hostAddress,
    node: find,
    waitNodesReady,
    async addNode() {
      const numbers = nodes.map((node) => Number(node.name.slice('node-'.length)));
      const node = await newNode(Math.max(0, ...numbers) + 1);
      nodes.push(node);
      for (const image of images) await node.importImage(image);
      await join(node);
      await waitNodesReady();
      return node;
    },
    async removeNode(name) {
      const node = find(name);
      await node.stop();
      nodes.splice(nodes.indexOf(node), 1);
      await plane.kubectl(['delete', 'node', name, '--ignore-not-found']);
      // Their garbage collector would leave them there for 40 seconds more.
      const itsPods = ['pods', '--all-namespaces', `--field-selector=spec.nodeName=${name}`];
      await plane.kubectl(['delete', ...itsPods, '--force', '--grace-period=0']);
      await node.network.remove();
      rmSync(node.dir, { recursive: true, force: true });
    },
    async importImage(tarPath) {
      images.push(tarPath);
      await narrate(`loading ${tarPath} into ${nodes.length} nodes`, () =>
        Promise.all(nodes.map((node) => node.importImage(tarPath))),
      );
    },
  };
}

function startPlane(
  record: LabRecord,
  given: { network: LabNetwork; kubeletClient: { certFile: string; keyFile: string } },
): Promise<Omit<ControlPlane, 'stop'>> {
  const { hostAddress, serviceRange } = given.network.plan;
  return runControlPlane(record, {
    bindAddress: hostAddress,
    serviceRange,
    kubeletClient: given.kubeletClient,
    controllerManager: true,
    scheduler: true,
  });
}

interface NodeList {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: {
      readonly conditions?: readonly {
        readonly type: string;
        readonly status: string;
        readonly lastHeartbeatTime: string;
      }[];
    };
  }[];
}

async function nodesReady(
  { kubectl }: Pick<ControlPlane, 'kubectl'>,
  expected: () => readonly ManagedNode[],
): Promise<void> {
  await waitUntil(
    'every node is Ready',
    async () => {
      const { items }: NodeList = JSON.parse((await kubectl(['get', 'nodes', '-o', 'json'])).stdout);
      return expected().every((node) => items.some((item) => isReady(item, node)));
    },
    { timeoutMs: 120_000, everyMs: 250 },
  );
  // Made by the controller manager a moment after the namespace; pods are refused before.
  await waitUntil(
    'the service account of the namespace "default" is there',
    async () => (await kubectl(['get', 'serviceaccount', 'default'])).code === 0,
  );
}

/** What was said before the node's last start does not count. The API server cuts times to whole seconds. */
function isReady({ metadata, status }: NodeList['items'][number], node: ManagedNode): boolean {
  return (
    metadata.name === node.name &&
    status.conditions?.some(
      ({ type, status: value, lastHeartbeatTime }) =>
        type === 'Ready' && value === 'True' && Date.parse(lastHeartbeatTime) >= node.joinedMs - 1_000,
    ) === true
  );
}
