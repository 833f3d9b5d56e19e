import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AgentView, TestSummary } from '@streamswarm/contract';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { graveFindings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { closeRouted } from '../support/close-routed.ts';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

const MANY = 300;

let product: Product;
let browser: Browser;
let context: BrowserContext;

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  context = await browser.newContext({
    viewport: { width: 1_440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);
});
after(async () => {
  await browser?.close();
  await product?.stop();
});

/** The API answers as it does while Postgres is away. */
async function breakApi(page: Page): Promise<void> {
  await page.route('**/api/v1/**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'https://streamswarm.dev/problems/database-unavailable',
        title: 'The database does not answer',
        status: 503,
        code: 'database-unavailable',
        detail: 'Postgres refused the connection.',
        instance: 'test',
      }),
    }),
  );
}

test('what was read before is shown as old, with its time, also after the page was loaded anew', {
  timeout: 120_000,
}, async () => {
  const page = await context.newPage();
  await page.goto(`${product.url}/tests/?range=5m`);
  await page.getByRole('row', { name: /default\/hello/ }).waitFor();
  await page.waitForFunction(
    'indexedDB.databases().then((all) => all.some(({ name }) => name === "streamswarm"))',
  );
  await page.close();

  const later = await context.newPage();
  await breakApi(later);
  await later.goto(`${product.url}/tests/?range=5m`);
  await later.getByRole('row', { name: /default\/hello/ }).waitFor();
  await later.getByRole('alert').getByText('cannot reach its database').waitFor();
  await later
    .getByText(/held at \d\d:\d\d:\d\d/)
    .first()
    .waitFor();
  await later.getByRole('button', { name: 'Held' }).waitFor();
  await later.getByText(/^1 of 1 agents were heard at/).waitFor();
  await later.unrouteAll();
  await later.getByRole('button', { name: /^Try now/ }).click();
  await later.getByRole('button', { name: 'Live' }).waitFor();
  await closeRouted(later);
});

test('what was tried stands on the Overview, and comes along as a report', { timeout: 120_000 }, async () => {
  const page = await context.newPage();
  await breakApi(page);
  await page.goto(`${product.url}/`);
  const tried = page.getByRole('region', { name: 'What the console tried' });
  await tried.getByText('503 database-unavailable').first().waitFor();
  await page.getByRole('button', { name: 'Copy report' }).click();
  await page.getByRole('status', { name: 'Notice' }).getByText('Report copied').waitFor();
  const report = await page.evaluate<string>('navigator.clipboard.readText()');
  assert.match(report, /^failing since \d{4}-/m);
  assert.match(report, /^ {2}\d{4}-\S+Z GET \/api\/v1\/\S+: 503 database-unavailable$/m);
  assert.deepEqual(await graveFindings(page), []);
  await closeRouted(page);
});

test('a page that was never read has nothing to hold and says so', { timeout: 120_000 }, async () => {
  const page = await context.newPage();
  await breakApi(page);
  await page.goto(`${product.url}/agents/`);
  await page.getByText('could not be read').first().waitFor();
  await closeRouted(page);
});

test('the login page forgets what was read', { timeout: 120_000 }, async () => {
  const login = await context.newPage();
  await breakApi(login);
  await login.goto(`${product.url}/login/`);
  await login.getByRole('heading', { name: 'Log in' }).waitFor();
  await login.goto(`${product.url}/tests/?range=5m`);
  await login.getByText('could not be read').first().waitFor();
  assert.equal(await login.getByRole('row', { name: /default\/hello/ }).count(), 0);
  await closeRouted(login);
});

test('of hundreds of tests and agents only those near the window are drawn, and the last can be reached', {
  timeout: 120_000,
}, async () => {
  const page = await context.newPage();
  const multiply = <T extends { name: string }>(items: readonly T[], id: 'uid' | 'id'): T[] =>
    Array.from({ length: MANY }, (_, i) => {
      const name = `many-${String(i).padStart(3, '0')}`;
      return { ...items[0], name, [id]: name } as T;
    });
  await page.route('**/api/v1/tests?**', async (route) => {
    const list = (await (await route.fetch()).json()) as { items: TestSummary[] };
    await route.fulfill({ json: { ...list, items: multiply(list.items, 'uid'), total: MANY } });
  });
  await page.route('**/api/v1/agents', async (route) => {
    const list = (await (await route.fetch()).json()) as { items: AgentView[] };
    await route.fulfill({ json: { items: multiply(list.items, 'id') } });
  });
  for (const [path, scroller] of [
    ['/tests/', '#page'],
    ['/agents/', 'div:has(> table)'],
  ] as const) {
    await page.goto(`${product.url}${path}`);
    await page.getByRole('row', { name: /many-000/ }).waitFor();
    const drawn = await page.getByRole('row', { name: /many-/ }).count();
    assert.ok(drawn < MANY / 2, `${path} draws ${drawn} rows`);
    await waitUntil('the last row', async () => {
      await page.evaluate(`document.querySelector('${scroller}').scrollTo(0, 1e6)`);
      return page.getByRole('row', { name: /many-299/ }).isVisible();
    });
    assert.equal(await page.getByRole('row', { name: /many-000/ }).count(), 0);
  }
  await closeRouted(page);
});
