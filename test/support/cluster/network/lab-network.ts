import { basename } from 'node:path';
import type { LabRecord } from '../ownership/lab-record.ts';
import { mustRun, runProgram } from '../run-program.ts';
import { type AddressPlan, addressPlan, MOST_LABS, MOST_NODES } from './address-plan.ts';

/** A bridge in a namespace of its own, with this machine as `plan.hostAddress` and no way out of the lab. */
export interface LabNetwork {
  readonly plan: AddressPlan;
  /** A namespace with `eth0` on the bridge. Pods of the node are reached through it. */
  addNode(number: number): Promise<NodeNetwork>;
}

export interface NodeNetwork {
  /** Name that `ip netns` knows. */
  readonly netns: string;
  readonly address: string;
  readonly podRange: string;
  /** Pulls the node's cable, or plugs it in. */
  setCable(state: 'down' | 'up'): Promise<void>;
  remove(): Promise<void>;
}

/** Relies on root and iproute2. */
export async function startLabNetwork(record: LabRecord): Promise<LabNetwork> {
  // Not "sslab": tests of the network sweep namespaces of that name.
  const labName = basename(record.dir);
  const bridgeNs = `${labName}-bridge`;
  await makeNetns(record, bridgeNs);
  await mustRun('ip', ['-n', bridgeNs, 'link', 'add', 'br0', 'up', 'type', 'bridge']);
  const plan = await joinRootNamespace(record, bridgeNs);
  return {
    plan,
    addNode: (number) => addNode(number, { record, plan, bridgeNs, netns: `${labName}-node-${number}` }),
  };
}

/** The device's name is the reservation of the lab's addresses: who can make it has them. */
async function joinRootNamespace(record: LabRecord, bridgeNs: string): Promise<AddressPlan> {
  for (let index = 0; index < MOST_LABS; index++) {
    const plan = addressPlan(index);
    const { device, wholeRange, hostAddress, linkPrefix } = plan;
    const peer = ['peer', 'name', 'host', 'netns', bridgeNs];
    const made = await runProgram('ip', ['link', 'add', device, 'type', 'veth', ...peer]);
    if (made.code !== 0) {
      if (made.stderr.includes('File exists')) continue;
      throw new Error(`ip link add ${device}: ${made.stderr.trim()}`);
    }
    record.add({ kind: 'link', name: device });
    record.add({ kind: 'route', words: ['unreachable', wholeRange] });
    // What finds no place in the lab must not leave this machine by its default route.
    await mustRun('ip', ['route', 'add', 'unreachable', wholeRange]);
    await mustRun('ip', ['-n', bridgeNs, 'link', 'set', 'host', 'master', 'br0', 'up']);
    await mustRun('ip', ['address', 'add', `${hostAddress}/${linkPrefix}`, 'dev', device]);
    await mustRun('ip', ['link', 'set', device, 'up']);
    return plan;
  }
  throw new Error(`${MOST_LABS} labs are up: end one with "npm run lab -- down"`);
}

interface NodePlace {
  readonly record: LabRecord;
  readonly plan: AddressPlan;
  readonly bridgeNs: string;
  readonly netns: string;
}

async function addNode(number: number, { record, plan, bridgeNs, netns }: NodePlace): Promise<NodeNetwork> {
  const address = plan.nodeAddress(number);
  const podRange = plan.podRangeOf(number);
  const cable = `node-${number}`;
  await makeNetns(record, netns);
  const inNode = (...words: string[]): Promise<string> => mustRun('ip', ['-n', netns, ...words]);
  await mustRun('ip', [
    '-n',
    bridgeNs,
    'link',
    'add',
    cable,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    netns,
  ]);
  await mustRun('ip', ['-n', bridgeNs, 'link', 'set', cable, 'master', 'br0', 'up']);
  await inNode('address', 'add', `${address}/${plan.linkPrefix}`, 'dev', 'eth0');
  await inNode('link', 'set', 'eth0', 'up');
  // Service addresses need some route, or a local process gets "network is unreachable" before kube-proxy's rules
  // see the packet. What no rule takes ends here, unanswered.
  await inNode('route', 'add', plan.serviceRange, 'dev', 'eth0', 'scope', 'link');
  await mustRun('nsenter', [`--net=/run/netns/${netns}`, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
  await connectPods(number, { plan, netns });
  return {
    netns,
    address,
    podRange,
    async setCable(state) {
      await mustRun('ip', ['-n', bridgeNs, 'link', 'set', cable, state]);
    },
    async remove() {
      await runProgram('ip', ['route', 'del', podRange, 'via', address]);
      await mustRun('ip', ['-n', bridgeNs, 'link', 'del', cable]);
      await mustRun('ip', ['netns', 'del', netns]);
    },
  };
}

/** Routes between the pods of all possible nodes: a route to one that is not there leads to no answer. */
async function connectPods(
  number: number,
  { plan, netns }: Pick<NodePlace, 'plan' | 'netns'>,
): Promise<void> {
  const via = (other: number): string[] => [
    'route',
    'add',
    plan.podRangeOf(other),
    'via',
    plan.nodeAddress(other),
  ];
  await mustRun('ip', via(number));
  const others = Array.from({ length: MOST_NODES }, (_, index) => index + 1).filter(
    (other) => other !== number,
  );
  const lines = others.map((other) => via(other).join(' ')).join('\n');
  await mustRun('ip', ['-n', netns, '-batch', '-'], { input: `${lines}\n` });
}

async function makeNetns(record: LabRecord, name: string): Promise<void> {
  record.add({ kind: 'netns', name });
  await mustRun('ip', ['netns', 'add', name]);
  await mustRun('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
}
