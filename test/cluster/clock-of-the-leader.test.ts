import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { needsControlPlane } from '../support/cluster/lab-needs.ts';
import { startClusterStreet } from '../support/cluster-street.ts';
import { needs } from '../support/needs.ts';
import { waitUntil } from '../support/wait-until.ts';

const LIBRARY = ['x86_64', 'aarch64']
  .map((arch) => `/usr/lib/${arch}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((file) => existsSync(file));

/** An hour is far beyond what any run or lease here lasts. The API server's certificate is valid an hour back. */
for (const offset of ['+60m', '-55m']) {
  test(`a leader whose clock is off by ${offset} plans by Postgres's clock`, async (t) => {
    if (
      !needsControlPlane(t) ||
      !needs(t, LIBRARY !== undefined, 'libfaketime (Debian: apt-get install libfaketime)')
    )
      return;
    const street = await startClusterStreet();
    try {
      await street.operator.process.signal('SIGTERM');
      const leader = await street.replica('off', {
        env: {
          LD_PRELOAD: LIBRARY ?? '',
          FAKETIME: offset,
          FAKETIME_DONT_FAKE_MONOTONIC: '1',
          NO_FAKE_STAT: '1',
        },
      });
      leader.process.start();
      await waitUntil('it is ready', async () => (await fetch(`${leader.api}/readyz`)).ok);
      street.agent('h1', leader.api).start();
      await street.kubectl(
        ['apply', '-f', '-'],
        `{apiVersion: streamswarm.dev/v1alpha1, kind: StreamTest, metadata: {name: clock, namespace: default},
          spec: {destinations: [{name: a, host: 127.0.0.1}], probes: [{icmp: {count: 1}}], interval: 1s, duration: 5s}}`,
      );
      await street.kubectl(['wait', 'stt/clock', '--for=condition=Complete', '--timeout=60s']);
      const status = await street.status('default', 'clock');
      const offMs = Math.abs(Date.parse(status?.run?.startTime ?? '') - Date.now());
      assert.ok(offMs < 10 * 60_000, `the run is said to have begun at ${status?.run?.startTime}`);
      assert.equal(status?.run?.number, 1);
      const books = await waitUntil('all slots are answered for', async () => {
        const answer = await fetch(`${leader.api}/api/v1/accounting?namespace=default&test=clock`);
        const now = (await answer.json()) as {
          pending: number;
          unaccounted: number;
          ok: number;
          scheduled: number;
        };
        return now.pending === 0 ? now : null;
      });
      assert.equal(books.unaccounted, 0);
      assert.equal(books.ok, books.scheduled);
    } finally {
      await street.stop();
    }
  });
}
