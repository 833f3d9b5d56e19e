import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { relayedPath } from '../support/net/relayed-path.ts';
import { requestInNamespace } from '../support/phases/request-in-namespace.ts';
import { serverInNamespace } from '../support/phases/server-in-namespace.ts';

const TRIES = 6;
const PHASES = ['connect', 'tls', 'ttfb', 'download'];

/**
 * Over a cable that holds each packet: connect, TLS 1.3 and the first byte are one round trip each, the body of one
 * packet none. A phase that held a part of another would have a second one. With HTTP/2 the request goes out together
 * with the beginning of the session.
 */
test('HTTP over a slow path: each phase has its one round trip, over both protocols', {
  skip: networkLabProblem() ?? false,
}, async (t) => {
  const lab = new NetworkLab();
  t.after(() => lab.close());
  const { client, server, serverAddress, relay } = await relayedPath(lab);
  t.after(() => relay.close());
  const inside = await serverInNamespace(server, 'serve-bytes.ts');
  t.after(() => inside.close());
  const [port] = JSON.parse(inside.lines[0] ?? '') as [number];
  for (const protocol of ['http/1.1', 'h2']) {
    const request = {
      address: serverAddress[4],
      url: `https://shop.example.net:${port}/5`,
      options: { protocol },
      tries: TRIES,
    };
    await requestInNamespace(client, request);
    for (const delaySeconds of [0.005, 0.02, 0.08]) {
      await relay.setDelay(delaySeconds);
      const all = await requestInNamespace(client, request);
      const least = (phase: string): number =>
        Math.min(...all.map(({ metrics }) => Number(metrics[`${phase}_seconds`]))) / (2 * delaySeconds);
      const found = PHASES.map((phase) => `${phase} ${least(phase).toFixed(3)}`).join(', ');
      t.diagnostic(`${protocol}, ${delaySeconds * 1e3} ms each way, in round trips: ${found}`);
      for (const phase of ['connect', 'tls', 'ttfb']) {
        const trips = least(phase);
        assert.ok(trips >= 1 && trips < 1.7, `${protocol} ${phase}: ${trips} round trips`);
      }
      assert.ok(least('download') < 0.5, `${protocol} download: ${least('download')} round trips`);
      assert.ok(all.every(({ metrics }) => metrics['protocol'] === protocol));
    }
    await relay.setDelay(0);
  }
});
