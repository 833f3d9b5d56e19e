import type { Accounting } from '@streamswarm/contract';
import type { Page } from 'playwright-core';
import { visitConsole } from '../support/console-visit.ts';
import { waitUntil } from '../support/wait-until.ts';
import { type Figure, quantile } from './figure.ts';

const TRIES = 15;
const ENOUGH_SAMPLES = 60;
const VIEW = '/tests/view/?test=default/hello&probe=tcp';

/** From the address of a test to its chart, drawn and with an answer to a key: for a first visit, and for later ones. */
export async function testDetailInteractive(): Promise<Figure[]> {
  const visit = await visitConsole();
  try {
    await waitUntil('something to draw', async () => {
      return (await visit.json<Accounting>('/api/v1/accounting?test=hello')).ok > ENOUGH_SAMPLES;
    });
    const first: number[] = [];
    const later: number[] = [];
    for (let i = 0; i < TRIES; i++) {
      const startedAt = performance.now();
      // Each page has a cache of its own, which is empty.
      const page = await visit.open(VIEW);
      first.push(await secondsToCursor(page, startedAt));
      later.push(await secondsOfReload(page));
      await page.close();
    }
    return [
      figure('test detail interactive, first visit, median', quantile(first, 0.5), 1),
      figure('test detail interactive, first visit, p95', quantile(first, 0.95)),
      figure('test detail interactive, later visit, median', quantile(later, 0.5), 1),
      figure('test detail interactive, later visit, p95', quantile(later, 0.95)),
    ];
  } finally {
    await visit.end();
  }
}

async function secondsOfReload(page: Page): Promise<number> {
  const startedAt = performance.now();
  await page.reload({ waitUntil: 'commit' });
  return secondsToCursor(page, startedAt);
}

async function secondsToCursor(page: Page, startedAt: number): Promise<number> {
  const chart = page.getByRole('group', { name: /^tcp → all destinations: p50 now/ });
  await chart.press('ArrowLeft');
  await chart.locator('[aria-live="polite"]').waitFor();
  return (performance.now() - startedAt) / 1_000;
}

function figure(name: string, value: number, target?: number): Figure {
  return { name, value, unit: 's', better: 'lower', ...(target === undefined ? {} : { target }) };
}
