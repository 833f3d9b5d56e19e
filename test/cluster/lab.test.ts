import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type Cluster, startCluster } from '../support/cluster/cluster.ts';
import { clusterProblem, needsCluster } from '../support/cluster/lab-needs.ts';
import { leftovers } from '../support/cluster/ownership/leftovers.ts';
import { waitUntil } from '../support/wait-until.ts';

// A DaemonSet with the programs of this machine in it, so that no image has to be built: each pod says which
// address it sees, and holds a token for an audience of ours.
const WATCHERS = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'watcher', namespace: 'default' },
  spec: {
    selector: { matchLabels: { app: 'watcher' } },
    template: {
      metadata: { labels: { app: 'watcher' } },
      spec: {
        hostNetwork: true,
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            name: 'watcher',
            image: 'docker.io/streamswarm-lab/pause:1',
            imagePullPolicy: 'Never',
            command: ['/bin/sh', '-c', 'ip -4 -o address show eth0; exec sleep infinity'],
            securityContext: { runAsUser: 0 },
            volumeMounts: [
              ...['usr', 'bin', 'sbin', 'lib', 'lib64'].map((name) => ({
                name,
                mountPath: `/${name}`,
                readOnly: true,
              })),
              { name: 'spool', mountPath: '/spool' },
              { name: 'token', mountPath: '/token', readOnly: true },
            ],
          },
        ],
        volumes: [
          ...['usr', 'bin', 'sbin', 'lib', 'lib64'].map((name) => ({ name, hostPath: { path: `/${name}` } })),
          { name: 'spool', hostPath: { path: '/var/lib/watcher', type: 'DirectoryOrCreate' } },
          {
            name: 'token',
            projected: { sources: [{ serviceAccountToken: { audience: 'lab-test', path: 'token' } }] },
          },
        ],
      },
    },
  },
};

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly nodeName: string };
  readonly status: { readonly phase: string; readonly podIP?: string };
}

let cluster: Cluster;
let readySeconds: number;

before(async () => {
  if (clusterProblem() !== null) return;
  const began = performance.now();
  cluster = await startCluster({ nodes: 3 });
  readySeconds = (performance.now() - began) / 1_000;
  const applied = await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(WATCHERS) });
  assert.equal(applied.code, 0, applied.stderr);
});

after(async () => {
  await cluster?.stop();
});

async function pods(): Promise<Pod[]> {
  const { stdout } = await cluster.kubectl(['get', 'pods', '-l', 'app=watcher', '-o', 'json']);
  const { items }: { items: Pod[] } = JSON.parse(stdout);
  return items;
}

function runningPods(count: number): Promise<Pod[]> {
  return waitUntil(`${count} pods run`, async () => {
    const all = await pods();
    return all.length === count && all.every(({ status }) => status.phase === 'Running') && all;
  });
}

async function inPod(pod: Pod, ...argv: string[]): Promise<string> {
  const { code, stdout, stderr } = await cluster.kubectl(['exec', pod.metadata.name, '--', ...argv]);
  assert.equal(code, 0, stderr);
  return stdout;
}

test('three nodes are Ready', async (t) => {
  if (!needsCluster(t)) return;
  t.diagnostic(`3 nodes Ready after ${readySeconds.toFixed(1)} s`);
  const { stdout } = await cluster.kubectl(['get', 'nodes', '-o', 'name']);
  assert.deepEqual(stdout.trim().split('\n'), ['node/node-1', 'node/node-2', 'node/node-3']);
});

test('a pod on the host network of each node sees the address and the name of that node', async (t) => {
  if (!needsCluster(t)) return;
  for (const pod of await runningPods(3)) {
    const node = cluster.node(pod.spec.nodeName);
    assert.match(
      await inPod(pod, 'ip', '-4', '-o', 'address', 'show', 'eth0'),
      new RegExp(`\\b${node.address}/`),
    );
    assert.equal((await inPod(pod, 'cat', '/proc/sys/kernel/hostname')).trim(), node.name);
    assert.equal(pod.status.podIP, node.address);
    const logs = await cluster.kubectl(['logs', pod.metadata.name]);
    assert.match(logs.stdout, new RegExp(`\\b${node.address}/`), logs.stderr);
  }
});

test('the same hostPath is another folder on each node', async (t) => {
  if (!needsCluster(t)) return;
  for (const pod of await runningPods(3)) {
    await inPod(pod, 'sh', '-c', `echo ${pod.metadata.name} > /spool/name`);
  }
  for (const pod of await runningPods(3)) {
    const file = cluster.node(pod.spec.nodeName).hostPath('/var/lib/watcher/name');
    assert.equal(readFileSync(file, 'utf8').trim(), pod.metadata.name);
  }
});

test('a TokenReview of a projected token names the node and the pod that hold it', async (t) => {
  if (!needsCluster(t)) return;
  const [pod] = await runningPods(3);
  assert(pod !== undefined);
  const review = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    spec: { token: await inPod(pod, 'cat', '/token/token'), audiences: ['lab-test'] },
  };
  const created = await cluster.kubectl(['create', '-o', 'json', '-f', '-'], {
    input: JSON.stringify(review),
  });
  const { status } = JSON.parse(created.stdout);
  assert.equal(status.authenticated, true);
  assert.deepEqual(status.audiences, ['lab-test']);
  const extra = (name: string): string => status.user.extra[`authentication.kubernetes.io/${name}`][0];
  assert.equal(extra('node-name'), pod.spec.nodeName);
  assert.equal(extra('pod-name'), pod.metadata.name);
  assert.equal(extra('pod-uid'), pod.metadata.uid);
});

test('a node that joins later is Ready and runs the pod; one that leaves is gone', async (t) => {
  if (!needsCluster(t)) return;
  const node = await cluster.addNode();
  const four = await runningPods(4);
  assert(four.some((pod) => pod.spec.nodeName === node.name));
  await cluster.removeNode(node.name);
  await runningPods(3);
  assert.equal((await cluster.kubectl(['get', 'node', node.name])).code, 1);
});

test('a node whose power was cut comes back with its disk and its pod', async (t) => {
  if (!needsCluster(t)) return;
  const node = cluster.node('node-2');
  await node.stop();
  assert.equal(node.running, false);
  assert.notEqual((await cluster.node('node-1').exec(['ping', '-c', '1', '-W', '1', node.address])).code, 0);
  await node.start();
  await cluster.waitNodesReady();
  const pod = (await runningPods(3)).find(({ spec }) => spec.nodeName === node.name);
  assert(pod !== undefined);
  await waitUntil('its pod runs again', async () => {
    const { code, stdout } = await cluster.kubectl(['exec', pod.metadata.name, '--', 'cat', '/spool/name']);
    return code === 0 && stdout.trim() === pod.metadata.name;
  });
});

test('a frozen node answers pings and nothing else, and goes on when it thaws', async (t) => {
  if (!needsCluster(t)) return;
  const node = cluster.node('node-3');
  const pod = (await runningPods(3)).find(({ spec }) => spec.nodeName === node.name);
  assert(pod !== undefined);
  // A frozen kubelet takes the connection and says nothing.
  const ask = async (): Promise<boolean> =>
    (await cluster.kubectl(['exec', pod.metadata.name, '--', 'true'], { timeoutMs: 3_000 })).code === 0;
  node.freeze();
  try {
    assert.equal((await cluster.node('node-1').exec(['ping', '-c', '1', '-W', '5', node.address])).code, 0);
    assert.equal(await ask(), false);
  } finally {
    node.thaw();
  }
  await waitUntil('its kubelet answers again', ask);
});

test('a node whose cable is pulled becomes NotReady, and Ready when it is plugged in', async (t) => {
  if (!needsCluster(t)) return;
  const node = cluster.node('node-3');
  await node.cutNetwork();
  const ready = ['get', 'node', node.name, '-o', 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'];
  await waitUntil('it is not Ready', async () => (await cluster.kubectl(ready)).stdout === 'Unknown');
  await node.restoreNetwork();
  await cluster.waitNodesReady();
  assert.equal((await cluster.kubectl(ready)).stdout, 'True');
});

test('nothing on a node has a way out of the lab', async (t) => {
  if (!needsCluster(t)) return;
  const { stdout } = await cluster.node('node-1').exec(['ip', 'route', 'show', 'default']);
  assert.equal(stdout, '');
});

test('stop leaves nothing behind', async (t) => {
  if (!needsCluster(t)) return;
  const { dir } = cluster;
  assert.notDeepEqual(leftovers(dir), []);
  await cluster.stop();
  assert.deepEqual(leftovers(dir), []);
});
