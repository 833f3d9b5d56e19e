import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { relayedPath } from '../support/net/relayed-path.ts';
import { requestInNamespace } from '../support/phases/request-in-namespace.ts';

const TRIES = 9;

/**
 * Over a cable that holds each packet: connect, TLS 1.3 and the first byte are one round trip each, the body of one
 * packet none. A phase that held a part of another would have a second one.
 */
test('HTTP over a slow path: each phase has its one round trip', {
  skip: networkLabProblem() ?? false,
}, async (t) => {
  const lab = new NetworkLab();
  t.after(() => lab.close());
  const { client, server, serverAddress, relay } = await relayedPath(lab);
  t.after(() => relay.close());
  const script = fileURLToPath(new URL('../support/phases/serve-https.ts', import.meta.url));
  const words = ['netns', 'exec', server.name, process.execPath, script];
  const child = spawn('ip', words, { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(async () => {
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const place = { address: serverAddress[4], port: Number(line), tries: TRIES };
  await requestInNamespace(client, place);
  for (const delaySeconds of [0.005, 0.02, 0.08]) {
    await relay.setDelay(delaySeconds);
    const all = await requestInNamespace(client, place);
    const roundTrip = 2 * delaySeconds;
    const least = (phase: 'connect' | 'tls' | 'ttfb' | 'download'): number =>
      Math.min(...all.map((one) => one[phase])) / roundTrip;
    const found = {
      connect: least('connect'),
      tls: least('tls'),
      ttfb: least('ttfb'),
      download: least('download'),
    };
    t.diagnostic(`${delaySeconds * 1e3} ms each way, in round trips: ${JSON.stringify(found)}`);
    for (const phase of ['connect', 'tls', 'ttfb'] as const) {
      assert.ok(found[phase] >= 1 && found[phase] < 1.7, `${phase}: ${found[phase]} round trips`);
    }
    assert.ok(found.download < 0.5, `download: ${found.download} round trips`);
  }
});
