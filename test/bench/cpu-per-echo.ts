import { setTimeout as delay } from 'node:timers/promises';
import { startStreet } from '../support/street.ts';
import { loopbackTest } from '../support/street-manifest.ts';
import { waitUntil } from '../support/wait-until.ts';
import { cpuSecondsOf, cpuSecondsOfCommand } from './cpu-seconds.ts';
import type { Figure } from './figure.ts';

const DESTINATIONS = 60;
const ECHOES_A_SLOT = 10;
const WINDOW_MS = 20_000;

/**
 * CPU of the whole agent process for one echo: scheduler, probe, kernel stamps, sample, batch, fsync. The link
 * to the operator is cut, so that nothing but measuring and spooling is in it. The peers send as many echoes to
 * the same addresses, right after, and print their summary.
 */
export async function cpuPerEcho(): Promise<Figure[]> {
  const street = await startStreet();
  try {
    await street.apply(
      loopbackTest('echoes', {
        destinations: DESTINATIONS,
        over: { probes: [{ icmp: { count: ECHOES_A_SLOT } }] },
      }),
    );
    await waitUntil('results', async () => (await street.books('?test=echoes')).ok > DESTINATIONS);
    street.proxy.mode = 'cut';
    await delay(2_000);
    const before = cpuSecondsOf(street.agent.pid);
    const startedAt = performance.now();
    await delay(WINDOW_MS);
    const seconds = (performance.now() - startedAt) / 1_000;
    const cpu = cpuSecondsOf(street.agent.pid) - before;
    const echoes = DESTINATIONS * ECHOES_A_SLOT * seconds;
    const microseconds = (cpu / echoes) * 1e6;

    const addresses = Array.from({ length: DESTINATIONS }, (_, i) => `127.0.0.${i + 1}`);
    const rounds = 50;
    const fping = cpuSecondsOfCommand('fping', [
      '-q',
      '-c',
      String(rounds),
      '-p',
      '100',
      '-i',
      '1',
      ...addresses,
    ]);
    const ping = cpuSecondsOfCommand('ping', ['-q', '-c', '500', '-i', '0.02', '127.0.0.1']);
    const figure = (peer: string, cpuSeconds: number | null, sent: number): Figure => ({
      name: 'agent CPU per echo, slot to spooled sample',
      value: microseconds,
      unit: 'us',
      better: 'lower',
      peer: cpuSeconds === null ? `${peer} (not installed)` : peer,
      ...(cpuSeconds === null ? {} : { peerValue: (cpuSeconds / sent) * 1e6 }),
    });
    return [figure('fping', fping, rounds * DESTINATIONS), figure('ping', ping, 500)];
  } finally {
    await street.stop();
  }
}
