import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openKubeClient } from '@streamswarm/operator/kube/kube-client';
import { CONFIG_MAPS } from '@streamswarm/operator/kube/objects';
import pino from 'pino';
import { startControlPlane } from '../../support/cluster/control-plane.ts';
import { needsControlPlane } from '../../support/cluster/lab-needs.ts';
import { needsRoot } from '../../support/needs.ts';
import { NetworkLab } from '../../support/net/network-lab.ts';
import { runCommand } from '../../support/net/run-command.ts';
import { waitUntil } from '../../support/wait-until.ts';

const PROGRAM = fileURLToPath(new URL('../../support/kube-faults/watching-program.ts', import.meta.url));
/** A /30 of 198.18.0.0/15 of this process, so that two runs do not meet. */
const BLOCK = `198.19.${200 + (process.pid % 50)}`;
const HOST = `${BLOCK}.${4 * (process.pid % 60) + 1}`;
const INSIDE = `${BLOCK}.${4 * (process.pid % 60) + 2}`;

// The watch goes through a veth into a namespace of its own. nft then drops the packets of that one connection in
// both directions, without a word: neither end is told, and only TCP keep-alive (15 s + 10 x 1 s) can find out.
test('a watch whose packets vanish is found dead by TCP keep-alive, and nothing is missed', async (t) => {
  if (!needsControlPlane(t) || !needsRoot(t)) return;
  const lab = new NetworkLab();
  const namespace = lab.namespace('watcher');
  const device = `sskf${process.pid % 100_000}`;
  runCommand('ip', 'link', 'add', device, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace.name);
  runCommand('ip', 'address', 'add', `${HOST}/30`, 'dev', device);
  runCommand('ip', 'link', 'set', device, 'up');
  namespace.address('eth0', `${INSIDE}/30`);
  namespace.up('eth0');
  const plane = await startControlPlane({ bindAddress: HOST });
  const direct = openKubeClient({ kubeconfigPath: plane.kubeconfigPath, logger: pino({ level: 'silent' }) });
  const words = [`--net=/run/netns/${namespace.name}`, process.execPath, PROGRAM, plane.kubeconfigPath];
  const program = spawn('nsenter', words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let heard = '';
  let log = '';
  program.stdout.on('data', (chunk) => {
    heard += chunk;
  });
  program.stderr.on('data', (chunk) => {
    log += chunk;
  });
  t.after(async () => {
    program.kill('SIGKILL');
    await direct.close();
    await plane.stop();
    lab.close();
  });
  const make = (name: string): Promise<unknown> =>
    direct.create(CONFIG_MAPS, { metadata: { namespace: 'default', name } });
  await waitUntil('the cache is synced', () => heard.includes('synced'));
  await make('before');
  await waitUntil('the watch works', () => heard.includes('added before'));

  const port = new URL(plane.url).port;
  const sockets = namespace.run('ss', '-Htn', 'state', 'established', 'dport', '=', `:${port}`);
  const clientPorts = [...sockets.matchAll(/198\.19\.\d+\.\d+:(\d+) /g)].map((match) => match[1]);
  assert.ok(clientPorts.length > 0, sockets);
  const ports = `{ ${clientPorts.join(', ')} }`;
  namespace.run('nft', 'add table inet dead');
  for (const [hook, end] of [
    ['input', 'dport'],
    ['output', 'sport'],
  ]) {
    namespace.run('nft', `add chain inet dead ${hook} { type filter hook ${hook} priority 0; }`);
    namespace.run('nft', `add rule inet dead ${hook} tcp ${end} ${ports} drop`);
  }
  const droppedAtMs = performance.now();
  await make('unheard');
  await waitUntil('the cache has caught up', () => heard.includes('added unheard'), { timeoutMs: 80_000 });
  t.diagnostic(
    `caught up ${((performance.now() - droppedAtMs) / 1_000).toFixed(1)} s after the packets vanished`,
  );
  assert.match(log, /ETIMEDOUT/, 'TCP has said so, not the idle limit');
});
