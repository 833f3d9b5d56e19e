import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { Accounting, AgentView, TestDetail } from '@streamswarm/contract';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { noteComplaints } from '../support/complaints.ts';
import { needs } from '../support/needs.ts';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

let product: Product;
let browser: Browser;
const complaints: string[] = [];

before(async () => {
  product = await startProduct();
  browser = await launchBrowser();
});
after(async () => {
  // A browser that did not start must not leave the product running.
  await browser?.close();
  assert.equal(await product?.stop(), 0, 'it ends well when asked to');
});

async function open(
  path: string,
  options: { width?: number; height?: number; dark?: boolean } = {},
): Promise<Page> {
  const { width = 1_440, height = 900, dark = false } = options;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  page.setDefaultTimeout(60_000);
  // A page may ask once more for a test that was deleted a moment ago.
  noteComplaints(
    page,
    complaints,
    (text, url) => text.includes('404') && url.includes('/api/v1/tests/default/journey'),
  );
  await page.goto(`${product.url}${path}`);
  return page;
}

const json = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${product.url}${path}`)).json()) as T;

/** The charts of these pages are round trips: a user who may not ping has none. */
async function canEcho(): Promise<boolean> {
  const { items } = await json<{ items: AgentView[] }>('/api/v1/agents');
  return items.some(({ capabilities }) =>
    capabilities.some(({ name, state }) => name === 'icmp' && state !== 'unavailable'),
  );
}

test('the first test is there, measured, and every slot is accounted for', { timeout: 180_000 }, async () => {
  const books = await waitUntil('the first samples', async () => {
    const now = await json<Accounting>('/api/v1/accounting');
    return now.ok > 10 && now;
  });
  assert.equal(books.unaccounted, 0);
  const detail = await json<TestDetail>('/api/v1/tests/default/hello');
  assert.deepEqual(
    detail.pairs.map((pair) => `${pair.kind} ${pair.destination ?? ''}`),
    ['icmp console', 'icmp loopback', 'tcp console', 'host '],
  );
});

test('the Overview shows charts that move, and its books add up', { timeout: 180_000 }, async (t) => {
  if (!needs(t, await canEcho(), 'ICMP sockets (net.ipv4.ping_group_range, or root)')) return;
  const page = await open('/');
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const chart = page.getByRole('img', { name: /^Round trip of all tests: p50 now/ });
  await chart.waitFor();
  const drawn = () =>
    chart.locator('path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')).join());
  const first = await drawn();
  await waitUntil('the chart moves', async () => (await drawn()) !== first);
  await page.getByRole('contentinfo').getByText('scheduled').waitFor();
  const foot =
    (await page.getByRole('contentinfo').textContent())?.replaceAll(',', '').replaceAll(/\s+/g, '') ?? '';
  const [, scheduled, ...parts] =
    /scheduled(\d+)=ok(\d+)\+lost(\d+)\+error(\d+)\+denied(\d+)\+dropped(\d+)\+pending(\d+)·unaccounted(\d+)/.exec(
      foot,
    ) ?? [];
  assert.ok(scheduled, foot);
  assert.equal(
    parts.reduce((sum, part) => sum + Number(part), 0),
    Number(scheduled),
  );
  await page.close();
});

test('a test is created, watched, stopped and deleted in the console', { timeout: 180_000 }, async (t) => {
  if (!needs(t, await canEcho(), 'ICMP sockets (net.ipv4.ping_group_range, or root)')) return;
  const page = await open('/tests/new/');
  await page.getByLabel('Test name').fill('journey');
  const address = page.getByLabel('Address of destination 1');
  await address.fill('http://not a host');
  await page.getByText('spec.destinations[0].host').first().waitFor();
  await address.fill('127.0.0.2');
  await page.getByLabel('Every spec.interval').fill('1s');
  await page.getByText('schema and rules ok').waitFor();
  await page.getByRole('button', { name: /^Create test/ }).click();
  await page.getByRole('heading', { level: 1, name: /journey/ }).waitFor();
  await page.getByRole('img', { name: /^icmp → .*p50 now/ }).waitFor();

  await page
    .getByRole('link', { name: /^Tests/ })
    .first()
    .click();
  const row = page.getByRole('row', { name: /default\/journey/ });
  await row.getByText('Running').waitFor();
  await row.getByRole('link', { name: 'default/journey' }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('region', { name: 'State' }).getByText('Complete').waitFor();

  await page
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('journey');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await waitUntil(
    'the test is gone',
    async () => (await fetch(`${product.url}/api/v1/tests/default/journey`)).status === 404,
  );
  const books = await waitUntil('its books close', async () => {
    const now = await json<Accounting>('/api/v1/accounting?test=journey');
    return now.pending === 0 && now;
  });
  assert.ok(books.ok > 0);
  assert.equal(books.unaccounted, 0);
  await page.close();
});

test('a link to a test leads to its page; the page keeps its state over a reload', {
  timeout: 120_000,
}, async () => {
  const page = await open('/tests/default/hello');
  await page.getByRole('heading', { level: 1, name: /hello/ }).waitFor();
  await page.getByRole('button', { name: 'tcp', exact: true }).click();
  await page.getByRole('heading', { level: 2, name: /^tcp →/ }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 2, name: /^tcp →/ }).waitFor();
  await page.close();
});

test('phone width and dark mode: no page scrolls sideways', { timeout: 120_000 }, async () => {
  for (const path of ['/', '/tests/', '/tests/new/', '/tests/view/?test=default/hello', '/agents/']) {
    const page = await open(path, { width: 390, height: 844, dark: true });
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    assert.ok(over <= 0, `${path} is ${over} px too wide`);
    const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    assert.notEqual(background, 'rgb(255, 255, 255)', `${path} follows the dark system`);
    await page.close();
  }
});

test('no page complained in the browser, the content security policy included', () => {
  assert.deepEqual(complaints, []);
});

test('a second start beside it, another origin and a wrong body are refused in words', {
  timeout: 60_000,
}, async () => {
  const cli = new URL('../../cli/src/bin/streamswarm.ts', import.meta.url).pathname;
  const second = spawnSync(process.execPath, [cli, 'up', '--state-dir', product.stateDir, '--port', '5999'], {
    encoding: 'utf8',
  });
  assert.notEqual(second.status, 0);
  assert.match(second.stderr + second.stdout, new RegExp(`already runs.*:${new URL(product.url).port}`));
  const foreign = await fetch(`${product.url}/api/v1/tests/default/hello`, {
    method: 'DELETE',
    headers: { origin: 'http://evil.example' },
  });
  assert.equal(foreign.status, 403);
});
