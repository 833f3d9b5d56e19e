import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningAgent, startAgent } from '@streamswarm/agent/agent';
import type { Accounting, CreatedJoinToken, Results } from '@streamswarm/contract';
import type { Operator } from '@streamswarm/operator/operator';
import { pino } from 'pino';
import type { BrowserContext, Page } from 'playwright-core';
import { noteComplaints } from '../support/complaints.ts';
import { type OperatorVisit, visitOperator } from '../support/operator-visit.ts';
import { waitUntil } from '../support/wait-until.ts';

const AGENTS = ['east', 'west'] as const;
const TEST = '/tests/view/?test=default/pair&range=5m';
const logger = pino({ level: 'silent' });

let visit: OperatorVisit;
let operator: Operator;
let context: BrowserContext;
const agents: RunningAgent[] = [];
const folder = mkdtempSync(join(tmpdir(), 'streamswarm-keys-'));
const complaints: string[] = [];

before(async () => {
  visit = await visitOperator({ agents: { host: '127.0.0.1', port: 0, serverNames: [], required: true } });
  ({ operator } = visit);
  for (const name of AGENTS) agents.push(await joined(name));
  await ask('/api/v1/tests', {
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name: 'pair' },
    spec: {
      destinations: [{ name: 'here', host: '127.0.0.1' }],
      probes: [{ tcp: { port: Number(new URL(operator.url).port) } }],
      interval: '1s',
    },
  });
  await waitUntil('both have measured', async () => {
    const books = await ask<Accounting>('/api/v1/accounting?test=pair');
    return books.agents.filter(({ ok }) => ok > 3).length === AGENTS.length;
  });
  context = await visit.browser.newContext({
    viewport: { width: 1_440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);
});
after(async () => {
  try {
    for (const agent of agents) await agent.stop();
  } finally {
    await visit?.end();
    rmSync(folder, { recursive: true, force: true });
  }
});

async function ask<T>(path: string, body?: unknown): Promise<T> {
  const request = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const answer = await fetch(
    new URL(path, operator.url),
    body === undefined ? {} : { ...request, body: JSON.stringify(body) },
  );
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

async function joined(name: string): Promise<RunningAgent> {
  const { server, token, caFingerprint } = await ask<CreatedJoinToken>('/api/v1/join-tokens', { name });
  return await startAgent({ server, stateDir: join(folder, name), logger, join: { token, caFingerprint } });
}

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  noteComplaints(page, complaints);
  await page.goto(new URL(path, operator.url).href);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  return page;
}

const notice = (page: Page) => page.getByRole('status', { name: 'Notice' });
const clipboard = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()');

test('Y copies a link that shows the same time for ever, and says so', { timeout: 120_000 }, async () => {
  const page = await open(TEST);
  await page.getByRole('group', { name: /^tcp → all destinations: p50 now/ }).waitFor();
  await page.keyboard.press('y');
  await notice(page).getByText('Link copied: always').waitFor();
  const link = new URL(await clipboard(page));
  const [from, to] = ['from', 'to'].map((name) => Date.parse(link.searchParams.get(name) ?? ''));
  assert.deepEqual([link.pathname, link.searchParams.get('test')], ['/tests/view/', 'default/pair']);
  assert.equal((to ?? 0) - (from ?? 0), 300_000);
  assert.ok(Math.abs((to ?? 0) - Date.now()) < 60_000, 'the time that was shown');
  assert.equal(link.searchParams.has('range'), false);
  assert.match(page.url(), /range=5m/, 'the screen itself stays live');
  await page.goto(link.href);
  await page.getByRole('group', { name: /^tcp → all destinations: p50 now/ }).waitFor();
  assert.equal(page.url(), link.href);
  await page.close();
});

test('it is in the palette and among the keys, and is a letter in a field', {
  timeout: 120_000,
}, async () => {
  const page = await open('/tests/');
  await page.getByRole('row', { name: /default\/pair/ }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('y');
  assert.equal(await page.locator('#filter').inputValue(), 'y');
  assert.equal(await notice(page).textContent(), '');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Search or run' }).waitFor();
  await page.keyboard.type('copy link');
  await page.getByRole('option', { name: /Copy link to this view/ }).waitFor();
  await page.keyboard.press('Enter');
  await notice(page).getByText('Link copied').waitFor();
  assert.match(await clipboard(page), /\/tests\/\?.*from=/);
  await page.locator('#page').focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  for (const key of ['Y', '1 … 9']) await sheet.getByText(key, { exact: true }).waitFor();
  await page.close();
});

test('1 to 9 turn agents off and on, in the charts and in the address', { timeout: 120_000 }, async () => {
  const page = await open(TEST);
  const switches = page
    .getByRole('region', { name: 'By agent' })
    .getByRole('button', { name: /^(east|west)$/ });
  await switches.nth(1).waitFor();
  const first = (await switches.first().getAttribute('aria-label')) ?? '';
  const other = AGENTS.find((name) => name !== first);
  const merged = page.waitForResponse((answer) => answer.url().includes(`without=${first}`));
  await page.keyboard.press('1');
  await page.waitForURL((url) => url.searchParams.get('off') === first);
  await page.getByText(`without ${first}`).first().waitFor();
  const without = (await (await merged).json()) as Results;
  const alone = await ask<Results>(
    `/api/v1/tests/default/pair/results?probe=tcp&agent=${other}&from=${without.from}&to=${without.to}`,
  );
  const values = ({ series: [series] }: Results): number => (series?.n ?? []).reduce((sum, n) => sum + n, 0);
  assert.ok(values(without) > 0 && values(without) <= values(alone), 'the samples of the other one alone');
  assert.deepEqual(
    await switches.evaluateAll((all) => all.map((each) => each.getAttribute('aria-pressed'))),
    ['false', 'true'],
  );
  await page.keyboard.press('9');
  await page.reload();
  await page.getByRole('button', { name: first, pressed: false }).waitFor();
  await page.getByRole('button', { name: first, exact: true }).click();
  await page.waitForURL((url) => !url.searchParams.has('off'));
  await page.getByText('all agents').first().waitFor();
  await page.close();
});

test('the card under the cursor says why there is no change to tell', { timeout: 120_000 }, async () => {
  const page = await open(TEST);
  const chart = page.getByRole('group', { name: /^tcp → all destinations: p50 now/ });
  await chart.focus();
  const card = page.locator('[aria-live="polite"]').filter({ hasText: 'p95' });
  await waitUntil('a step with values', async () => {
    await page.keyboard.press('ArrowLeft');
    return card.isVisible();
  });
  await card.getByText('no change: nothing was measured').waitFor();
  await page.close();
});

test('no page complained', () => {
  assert.deepEqual(complaints, []);
});
