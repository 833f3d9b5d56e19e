import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { TestDetail } from '@streamswarm/contract';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { closeRouted } from '../support/close-routed.ts';
import { noteComplaints } from '../support/complaints.ts';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

/** First load of the Overview: script over the wire, as compressed by any server. */
const MOST_SCRIPT_BYTES = 200_000;

let product: Product;
let browser: Browser;
const complaints: string[] = [];

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  page.setDefaultTimeout(30_000);
  noteComplaints(page, complaints);
  await page.goto(`${product.url}${path}`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return page;
}

/** Scripts that a page needs before it lives: what old browsers get besides is not loaded by others. */
async function scriptsOf(path: string): Promise<string[]> {
  const html = await (await fetch(`${product.url}${path}`)).text();
  return [...html.matchAll(/<script[^>]+src="([^"]+)"[^>]*>/g)]
    .filter(([tag]) => !/nomodule/i.test(tag))
    .map(([, src = '']) => src);
}

test('the first load stays small; the palette comes when it is asked for', { timeout: 120_000 }, async () => {
  let bytes = 0;
  const scripts = await scriptsOf('/');
  assert.ok(scripts.length > 3);
  for (const src of scripts) {
    const script = await (await fetch(new URL(src, product.url))).bytes();
    assert.ok(!Buffer.from(script).includes('cmdk-'), `${src} holds the palette`);
    bytes += gzipSync(script).length;
  }
  assert.ok(bytes < MOST_SCRIPT_BYTES, `${bytes} bytes of script`);
});

test('by keyboard alone: to a test, to an agent, to a page under another name', {
  timeout: 120_000,
}, async () => {
  const page = await open('/');
  const search = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search or run' }).waitFor();
    await page.keyboard.type(text);
    const palette = page.getByRole('dialog', { name: 'Search or run' });
    await palette.getByRole('option').or(palette.getByText('Nothing here is called so.')).first().waitFor();
  };
  await page.getByRole('link', { name: 'hello' }).first().waitFor();
  await search('');
  await page.keyboard.press('Control+k');
  const first = page.getByRole('dialog', { name: 'Search or run' }).getByRole('option').first();
  assert.equal(await first.getAttribute('aria-selected'), 'true', 'the key that opened it moves nothing');
  await page.keyboard.press('Escape');
  await search('default/hello');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tests\/view\/\?test=default\/hello/);
  const { items } = (await (await fetch(`${product.url}/api/v1/agents`)).json()) as {
    items: { name: string }[];
  };
  const agent = items[0]?.name ?? '';
  await search(agent);
  await page.getByRole('option', { name: agent }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/agents\/view\//);
  await search('clients');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/agents\/$/);
  await search('nothing has this name');
  await page.getByText('Nothing here is called so.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Search or run' }).waitFor({ state: 'detached' });
  await page.close();
});

test('an action runs, and what the operator refuses stands in the palette', {
  timeout: 120_000,
}, async () => {
  const page = await open('/tests/');
  await page.getByRole('row', { name: /default\/hello/ }).waitFor();
  await page.getByRole('button', { name: 'Search or run' }).click();
  await page.getByRole('combobox', { name: 'Search or run' }).fill('suspend hello');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Search or run' }).waitFor({ state: 'detached' });
  await waitUntil('the test is suspended', async () => {
    const answer = await fetch(`${product.url}/api/v1/tests/default/hello`);
    return ((await answer.json()) as TestDetail).summary.state === 'Suspended';
  });
  await page.route('**/api/v1/tests/default/hello/resume', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 't',
        title: 't',
        status: 409,
        code: 'busy',
        detail: 'not now',
        instance: 'i',
      }),
    }),
  );
  await page
    .getByRole('row', { name: /default\/hello/ })
    .getByText('Suspended')
    .waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).fill('resume hello');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Search or run' }).getByRole('alert').getByText('not now').waitFor();
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !line.includes('409')));
  await closeRouted(page);
});

test('/ goes to the filter, and to the palette where there is none; ? tells the keys', {
  timeout: 120_000,
}, async () => {
  const page = await open('/tests/');
  await page.locator('#filter').waitFor();
  await page.keyboard.press('/');
  await waitUntil('the filter has the focus', () =>
    page.evaluate<boolean>('document.activeElement.id === "filter"'),
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('dialog', { name: 'Search or run' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  for (const key of ['Ctrl K', 'G then', '/']) await keys.getByText(key).first().waitFor();
  await page.close();
});

test('no page complained', () => assert.deepEqual(complaints, []));
