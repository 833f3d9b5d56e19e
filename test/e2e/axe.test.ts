import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Accounting, AgentView } from '@streamswarm/contract';
import type { Browser, Page } from 'playwright-core';
import { graveFindings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

interface Sight {
  readonly path: string;
  /** What has to be there before it is looked at. */
  readonly ready?: (page: Page) => Promise<unknown>;
}

const region = (name: string) => (page: Page) => page.getByRole('region', { name }).first().waitFor();
const dialog = (key: string, name: string) => async (page: Page) => {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await waitUntil(`the ${name} dialog`, async () => {
    await page.keyboard.press(key);
    return page.getByRole('dialog', { name }).isVisible();
  });
};

const SIGHTS: readonly Sight[] = [
  { path: '/', ready: region('Activity') },
  { path: '/', ready: dialog('Control+k', 'Search or run') },
  { path: '/', ready: dialog('?', 'Keys') },
  { path: '/tests/', ready: (page) => page.getByRole('row', { name: /default\/hello/ }).waitFor() },
  { path: '/tests/new/', ready: (page) => page.getByLabel('Test name').waitFor() },
  { path: '/tests/view/?test=default/hello', ready: region('State') },
  { path: '/tests/view/?test=default/hello&tab=system', ready: region('CPU') },
  { path: '/tests/view/?test=default/hello&tab=spec', ready: region('State') },
  { path: '/tests/view/?test=default/hello&tab=events', ready: region('Events') },
  { path: '/tests/view/?test=default/nothing' },
  { path: '/matrix/', ready: (page) => page.getByRole('grid').waitFor() },
  { path: '/agents/', ready: (page) => page.getByRole('row').nth(1).waitFor() },
  { path: '/agents/?add=host', ready: (page) => page.getByRole('form').waitFor() },
  { path: '/agents/view/?agent=AGENT', ready: region('History') },
  { path: '/settings/?tab=users', ready: (page) => page.getByRole('form').waitFor() },
  { path: '/settings/?tab=tokens', ready: (page) => page.getByRole('form').waitFor() },
  { path: '/settings/?tab=hosts', ready: (page) => page.getByRole('form').waitFor() },
  { path: '/settings/?tab=audit', ready: region('Audit') },
  { path: '/nothing/here/' },
];

let product: Product;
let browser: Browser;
let agent = '';

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  await waitUntil('the first samples', async () => {
    const books = (await (await fetch(`${product.url}/api/v1/accounting`)).json()) as Accounting;
    return books.ok > 10;
  });
  const list = (await (await fetch(`${product.url}/api/v1/agents`)).json()) as { items: AgentView[] };
  agent = list.items[0]?.name ?? '';
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

for (const scheme of ['light', 'dark'] as const) {
  for (const width of [1_440, 390]) {
    test(`${scheme}, ${width} px wide: nothing grave, and nothing wider than the window`, {
      timeout: 600_000,
    }, async () => {
      const wrong: string[] = [];
      const context = await browser.newContext({
        viewport: { width, height: width === 390 ? 844 : 900 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      context.setDefaultTimeout(30_000);
      for (const { path, ready } of SIGHTS) {
        const page = await context.newPage();
        await page.goto(`${product.url}${path.replace('AGENT', encodeURIComponent(agent))}`);
        await page.getByRole('heading').first().waitFor();
        await ready?.(page);
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        if (over > 0) wrong.push(`${path}: ${over} px too wide`);
        wrong.push(...(await graveFindings(page)).map((finding) => `${path}: ${finding}`));
        await page.close();
      }
      await context.close();
      assert.deepEqual(wrong, []);
    });
  }
}
