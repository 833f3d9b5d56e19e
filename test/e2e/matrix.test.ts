import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningAgent, startAgent } from '@streamswarm/agent/agent';
import type { Matrix } from '@streamswarm/contract';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { noteComplaints } from '../support/complaints.ts';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

const TEST = 'default/pairs';
const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm-second-'));

let product: Product;
let second: RunningAgent;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

before(async () => {
  product = await startProduct();
  second = await startAgent({
    server: product.url,
    stateDir,
    logger: pino({ level: 'silent' }),
    identity: { kind: 'standalone', name: 'second' },
  });
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  page.setDefaultTimeout(30_000);
  noteComplaints(page, complaints);
});
after(async () => {
  await browser?.close();
  await second?.stop();
  await product?.stop();
  rmSync(stateDir, { recursive: true, force: true });
});

test('two agents towards three destinations: the one that refuses stands first', {
  timeout: 180_000,
}, async () => {
  const created = await fetch(`${product.url}/api/v1/tests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'streamswarm.dev/v1alpha1',
      kind: 'StreamTest',
      metadata: { name: 'pairs' },
      spec: {
        // Nothing listens on the second address: its connections are refused.
        destinations: [
          { name: 'a-console', host: '127.0.0.1' },
          { name: 'b-nobody', host: '127.0.0.2' },
          { name: 'c-console', host: 'localhost' },
        ],
        probes: [{ tcp: { port: Number(new URL(product.url).port), family: 'ipv4' } }],
        interval: '1s',
      },
    }),
  });
  assert.equal(created.status, 201, await created.text());
  await waitUntil('values of both agents', async () => {
    const matrix = (await (
      await fetch(`${product.url}/api/v1/matrix?test=${TEST}&range=5m`)
    ).json()) as Matrix;
    return matrix.agents.length === 2 && matrix.cells.filter(({ n }) => n > 0).length === 4;
  });
  await page.goto(`${product.url}/matrix/?test=${TEST}&range=5m`);
  const grid = page.getByRole('grid', { name: /Sources down/ });
  await grid.waitFor();
  const columns = await grid.getByRole('columnheader').allTextContents();
  assert.equal(columns[1], 'b-nobody');
  assert.equal(await grid.getByRole('rowheader').count(), 2);
  await grid.getByRole('gridcell', { name: /second to b-nobody: \d+ slots in error/ }).waitFor();
  await grid.getByRole('gridcell', { name: /second to a-console: .*ms, 0 of \d+ lost/ }).waitFor();
  await page.getByRole('region', { name: 'Legend' }).getByText('0.15 ms').waitFor();
});

test('by keyboard: arrows walk the cells, the address follows, Enter opens the pair in its test', {
  timeout: 120_000,
}, async () => {
  await page.getByRole('button', { name: 'by name' }).click();
  await page.waitForURL(/order=name/);
  const grid = page.getByRole('grid', { name: /Sources down/ });
  await waitUntil(
    'the order by name',
    async () => (await grid.getByRole('columnheader').allTextContents()).at(1) === 'a-console',
  );
  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const [, last = ''] = await grid.getByRole('rowheader').allTextContents();
  await page.getByRole('heading', { level: 2, name: `${last} → c-console` }).waitFor();
  await page.waitForURL((url) => url.searchParams.get('cell') === `${last},c-console`);
  await page.reload();
  await page.getByRole('heading', { level: 2, name: `${last} → c-console` }).waitFor();
  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(
    (url) => url.pathname === '/tests/view/' && url.searchParams.get('dest') === 'c-console',
  );
  await page.getByRole('heading', { level: 2, name: /^tcp → c-console/ }).waitFor();
});

test('loss is a view of its own', {
  timeout: 120_000,
}, async () => {
  await page.goto(`${product.url}/matrix/?test=${TEST}&range=5m&stat=loss`);
  await page.getByRole('gridcell', { name: /second to a-console: 0.* 0 of/ }).waitFor();
  await page.keyboard.press('t');
  const turned = page.getByRole('grid', { name: 'Destinations down, sources across' });
  await turned.getByRole('gridcell', { name: /second to a-console: 0.* 0 of/ }).focus();
  await page.getByRole('heading', { level: 2, name: 'second → a-console' }).waitFor();
  await page.keyboard.press('ArrowDown');
  const down = await turned.getByRole('rowheader').allTextContents();
  const below = down[down.indexOf('a-console') + 1] ?? 'a-console';
  await page.getByRole('heading', { level: 2, name: `second → ${below}` }).waitFor();
  await page.keyboard.press('t');
  await page.getByRole('grid', { name: 'Sources down, destinations across' }).waitFor();
  assert.deepEqual(complaints, []);
});
