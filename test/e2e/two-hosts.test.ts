import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Accounting, AgentView } from '@streamswarm/contract';
import { DASH, formatCount } from '@streamswarm/contract/format/numbers';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { networkLabProblem } from '../support/net/network-lab.ts';
import type { HostCommand } from '../support/net/product-inside.ts';
import { readPdf } from '../support/pdf-text.ts';
import { FIRST_ADDRESS, startTwoHosts, type TwoHosts } from '../support/two-hosts.ts';
import { waitUntil } from '../support/wait-until.ts';

const skip = networkLabProblem();
const PASSWORD = 'correct horse battery';
const REVOKED = 77;
const MINUTE = 60_000;

let hosts: TwoHosts;
let browser: Browser;
let page: Page;
let agent: HostCommand;

before(async () => {
  if (skip !== undefined) return;
  hosts = await startTwoHosts();
  browser = await launchBrowser(hosts.second);
  // As a person who has compared the fingerprint and goes on.
  page = await browser.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1_440, height: 900 } });
  page.setDefaultTimeout(60_000);
});
after(async () => {
  await browser?.close();
  await hosts?.stop();
});

const agents = async (): Promise<AgentView[]> =>
  (await hosts.api<{ items: AgentView[] }>('/api/v1/agents')).items;

/** What a link of the console downloads. */
async function download(path: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(
      `{ const link = document.createElement('a'); link.href = ${JSON.stringify(path)}; link.download = ''; link.click(); }`,
    ),
  ]);
  return readFileSync(await file.path(), 'utf8');
}

test('a second host joins with the one command that the console shows', {
  skip,
  timeout: 180_000,
}, async () => {
  await page.goto(hosts.adminLink);
  await page.getByLabel('Name').fill('ann');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();

  await page.goto(`${hosts.url}/settings/?tab=hosts`);
  const form = page.getByRole('form', { name: 'New join token' });
  await form.getByLabel('Name of the agent').fill('second');
  await form.getByLabel('Labels, by which tests aim').fill('site=factory-7');
  await form.getByRole('button', { name: 'Create token' }).click();
  const command = (await page.getByRole('status').locator('code').textContent()) ?? '';
  assert.match(command, new RegExp(`^streamswarm agent --server https://${FIRST_ADDRESS}:5443 --token `));
  agent = hosts.onSecond(command);
  await waitUntil(
    'both are online',
    async () => (await agents()).filter(({ online }) => online).length === 2,
  );
  await page.goto(`${hosts.url}/agents/`);
  await page.getByRole('row', { name: /second/ }).waitFor();
});

test('a test made in the console is measured by both, and every slot is accounted for', {
  skip,
  timeout: 180_000,
}, async () => {
  await page.goto(`${hosts.url}/tests/new/`);
  await page.getByLabel('Test name').fill('both');
  await page.getByLabel('Address of destination 1').fill(FIRST_ADDRESS);
  await page.getByLabel('Every spec.interval').fill('1s');
  await page.getByText('schema and rules ok').waitFor();
  await page.getByRole('button', { name: /^Create test/ }).click();
  await page.getByRole('heading', { level: 1, name: /both/ }).waitFor();
  const books = await waitUntil('both have measured', async () => {
    const now = await hosts.api<Accounting>('/api/v1/accounting?test=both');
    return now.ok > 20 && now;
  });
  assert.equal(books.unaccounted, 0);
  const rows = JSON.parse(await download('/api/v1/tests/default/both/export?format=json&probe=icmp')) as {
    agent: string;
    address: string;
    outcome: string;
  }[];
  assert.deepEqual(
    [...new Set(rows.map((row) => `${row.agent === 'second'} ${row.address} ${row.outcome}`))].sort(),
    [`false ${FIRST_ADDRESS} ok`, `true ${FIRST_ADDRESS} ok`],
  );
  const csv = await download('/api/v1/tests/default/both/export?format=csv&probe=icmp');
  assert.ok(csv.split('\n').length > rows.length, 'at least as much by then');
});

test('the report of a time says what the console shows of it', { skip, timeout: 240_000 }, async () => {
  const first = await hosts.api<{ items: { startTime: string }[] }>('/api/v1/tests/default/both/runs');
  const startMs = Date.parse(first.items[0]?.startTime ?? '');
  // The books are kept by the minute: a time of whole minutes is the same for both.
  const fromMs = Math.floor(startMs / MINUTE) * MINUTE;
  const toMs = Math.ceil((startMs + 10_000) / MINUTE) * MINUTE;
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  await waitUntil('that time is over and nothing of it is on its way', async () => {
    if (Date.now() < toMs + 2_000) return false;
    return (await hosts.api<Accounting>(`/api/v1/accounting?test=both&from=${from}&to=${to}`)).pending === 0;
  });
  await page.goto(`${hosts.url}/tests/view/?test=default/both&probe=icmp&from=${from}&to=${to}`);
  const chart = page.getByRole('region', { name: /^icmp → / }).first();
  await chart.getByRole('button', { name: 'as table' }).click();
  const shown = await shownIn(chart);
  const foot = (await page.getByRole('contentinfo').textContent()) ?? '';

  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: /^PDF report/ }).click();
  const file = await coming;
  assert.match(file.suggestedFilename(), /^default-both-.*\.pdf$/);
  const { lines } = readPdf(readFileSync(await file.path()));
  assert.ok(lines.some((line) => line.startsWith('default/both, made ')));
  assert.ok(lines.includes('both'), 'the name of the test is its title');
  assert.deepEqual(linesOfBooks(lines.join(' ')), linesOfBooks(foot));
  const at = lines.findIndex((line, i) => line === 'icmp' && lines[i + 2] === 'rtts_seconds');
  const row = lines.slice(at, at + 10);
  assert.ok(at >= 0, lines.join('|'));
  assert.equal(row[3], formatCount(shown.values), row.join('|'));
  assert.ok(row[9]?.startsWith(`${shown.lost} of ${formatCount(shown.sent)}, `), row.join('|'));
  // A step has fewer than a hundred values, so its p99 is its largest.
  assert.equal(row[8], shown.largest, row.join('|'));
});

/** What the table of a chart says, over all of its steps. */
async function shownIn(chart: Locator) {
  const table = chart.getByRole('table');
  await table.waitFor();
  const heads = await table.getByRole('columnheader').allTextContents();
  assert.deepEqual(heads, ['From', 'p50', 'p95', 'p99', 'Values', 'Lost', 'Sent']);
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]), 0);
  const p99 = rows.map((row) => row[2] ?? '').filter((text) => text !== DASH);
  const [largest] = p99.toSorted((a, b) => Number.parseFloat(b) - Number.parseFloat(a));
  assert.ok(
    p99.every((text) => text.endsWith('ms')),
    p99.join(', '),
  );
  return { values: sum(3), lost: sum(4), sent: sum(5), largest };
}

/** The law with its numbers, as they stand in a text. */
function linesOfBooks(text: string): string[] {
  const law = /scheduled\s*[0-9,]+\s*=.*?unaccounted\s*[0-9,]+/.exec(text)?.[0] ?? '';
  const found = [...law.matchAll(/([a-z]+)\s*([0-9,]+)/g)].map(([, word, count]) => `${word} ${count}`);
  assert.equal(found.length, 8, text);
  return found;
}

test('revoked, the host stops, says so, and its key opens nothing', { skip, timeout: 120_000 }, async () => {
  const answer = await page.evaluate<number>(
    `fetch('/api/v1/agents/second/revoke', { method: 'POST' }).then((answer) => answer.status)`,
  );
  assert.equal(answer, 204);
  assert.equal(await agent.ended, REVOKED);
  assert.match(agent.output(), /this agent was revoked and stops measuring/);
  const again = hosts.onSecond(`streamswarm agent --server https://${FIRST_ADDRESS}:5443`);
  assert.equal(await again.ended, REVOKED);
  const gone = await hosts.api<AgentView>(`/api/v1/agents/second`);
  assert.deepEqual([gone.online, gone.gone], [false, true]);
  const line = await waitUntil('all that it owed is answered for', async () => {
    const now = await hosts.api<Accounting>('/api/v1/accounting?test=both');
    const of = now.agents.find((one) => one.agent === 'second');
    return of !== undefined && of.pending === 0 && of;
  });
  assert.ok(line.ok > 5 && line.unaccounted === 0, JSON.stringify(line));
  const audit = await hosts.api<{ items: { action: string; actor: string }[] }>('/api/v1/audit');
  assert.ok(audit.items.some(({ action, actor }) => action === 'agent.revoke' && actor === 'ann'));
});
