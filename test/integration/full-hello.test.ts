import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Accounting, Results, TestDetail } from '@streamswarm/contract';
import { connect } from '../support/net/namespace.ts';
import { NetworkLab, networkLabProblem } from '../support/net/network-lab.ts';
import { loopbackTest } from '../support/street-manifest.ts';
import { waitUntil } from '../support/wait-until.ts';

const GATEWAY = '198.18.9.1';
const HOLD_MS = 500;
const ROOT = new URL('../../', import.meta.url).pathname;

/**
 * The whole product on a host of its own: a namespace whose gateway and resolver are the test's. The resolver
 * holds each answer for half a second, which no connect time may show.
 */
test('the full first test measures gateway and resolver; a slow resolver is in no connect time', {
  timeout: 180_000,
  skip: networkLabProblem(),
}, async (t) => {
  const lab = new NetworkLab();
  const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm-full-'));
  const host = lab.namespace('host');
  const gateway = lab.namespace('gateway');
  connect(host, 'eth0', gateway, 'eth0');
  host.address('eth0', '198.18.9.2/24', 'fd00:198:18:9::2/64');
  gateway.address('eth0', `${GATEWAY}/24`, 'fd00:198:18:9::1/64');
  host.defaultRoute(GATEWAY);
  // `ip netns exec` shows this file as /etc/resolv.conf.
  const etc = `/etc/netns/${host.name}`;
  mkdirSync(etc, { recursive: true });
  writeFileSync(join(etc, 'resolv.conf'), `nameserver ${GATEWAY}\noptions timeout:5\n`);

  const inside = (namespace: string, ...words: string[]) => [
    'netns',
    'exec',
    namespace,
    process.execPath,
    ...words,
  ];
  const resolver = spawn(
    'ip',
    inside(gateway.name, join(ROOT, 'test/support/net/held-resolver.ts'), GATEWAY, String(HOLD_MS)),
  );
  const product = spawn(
    'ip',
    inside(
      host.name,
      join(ROOT, 'cli/src/bin/streamswarm.ts'),
      'up',
      '--state-dir',
      stateDir,
      '--hello',
      'full',
    ),
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  /** Only processes in the namespace reach the console: so a small program there asks for us. */
  const api = async <T>(path: string, body?: unknown): Promise<T> => {
    const script = `const r = await fetch('http://127.0.0.1:5000${path}', ${JSON.stringify(
      body === undefined
        ? {}
        : { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )}); if (!r.ok) throw new Error(await r.text()); process.stdout.write(await r.text());`;
    return JSON.parse(
      execFileSync('ip', inside(host.name, '--input-type=module', '-e', script), {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    ) as T;
  };
  try {
    const hello = await waitUntil('the first test', () => api<TestDetail>('/api/v1/tests/default/hello'), {
      everyMs: 500,
    });
    assert.deepEqual(
      hello.pairs.map((pair) => [pair.kind, pair.destination, pair.target].join(' ')),
      [
        `icmp gateway ${GATEWAY}`,
        `icmp resolver ${GATEWAY}`,
        'icmp console 127.0.0.1',
        'icmp loopback 127.0.0.1',
        'tcp console 127.0.0.1:5000',
        'host  ',
      ],
    );
    await api('/api/v1/tests/default/names', {
      ...loopbackTest('names'),
      spec: {
        destinations: [
          { name: 'by-name', host: 'server.example.test' },
          { name: 'by-address', host: GATEWAY },
        ],
        probes: [{ tcp: { port: 8_080 } }],
        interval: '1s',
      },
    });
    const samples = async (destination: string): Promise<number[]> => {
      const results = await api<Results>(
        `/api/v1/tests/default/names/results?probe=tcp&metric=connect_seconds&range=15m&destination=${destination}`,
      );
      return results.series.flatMap((series) => series.p50.filter((value) => value !== null));
    };
    const named = await waitUntil(
      'connects by name',
      async () => {
        const values = await samples('by-name');
        return values.length >= 8 && values;
      },
      { everyMs: 500 },
    );
    const [byName, byAddress] = [median(named), median(await samples('by-address'))];
    t.diagnostic(
      `connect by name ${(byName * 1e6).toFixed(0)} us, by address ${(byAddress * 1e6).toFixed(0)} us, resolver held ${HOLD_MS} ms`,
    );
    // Noise is well below a twentieth of what the resolver held.
    assert.ok(Math.abs(byName - byAddress) < HOLD_MS / 1_000 / 20, `${byName} s against ${byAddress} s`);
    const books = await api<Accounting>('/api/v1/accounting');
    t.diagnostic(`books: scheduled ${books.scheduled}, ok ${books.ok}, unaccounted ${books.unaccounted}`);
    assert.equal(books.unaccounted, 0);
    assert.deepEqual([books.lost, books.error, books.denied], [0, 0, 0], JSON.stringify(books.reasons));
  } finally {
    for (const child of [product, resolver]) {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    }
    lab.close();
    rmSync(etc, { recursive: true, force: true });
    rmSync(stateDir, { recursive: true, force: true });
  }
});

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
