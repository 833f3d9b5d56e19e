import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TraceTimeline } from '@streamswarm/contract';
import type { Browser, Page } from 'playwright-core';
import { graveFindings } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { noteComplaints } from '../support/complaints.ts';
import { tabTo } from '../support/keyboard.ts';
import { networkLabProblem } from '../support/net/network-lab.ts';
import { FAR, LEFT, RIGHT, startTwoWays, type TwoWays } from '../support/two-ways.ts';
import { waitUntil } from '../support/wait-until.ts';

const skip = networkLabProblem();
const ENOUGH = 5;
/** No trace was due then: what is answered to that is a refusal that is meant. */
const NEVER = '2026-01-01T00';

let ways: TwoWays;
let browser: Browser;
let page: Page;
let agent = '';
const complaints: string[] = [];

before(async () => {
  if (skip !== undefined) return;
  ways = await startTwoWays();
  browser = await launchBrowser(ways.host);
  page = await browser.newPage({ viewport: { width: 1_440, height: 900 } });
  page.setDefaultTimeout(60_000);
  noteComplaints(page, complaints, (_text, url) => decodeURIComponent(url).includes(NEVER));
});
after(async () => {
  await browser?.close();
  await ways?.stop();
});

async function timeline(): Promise<TraceTimeline> {
  const query = `agent=${agent}&destination=far&range=15m`;
  return await ways.api(`/api/v1/tests/default/ways/paths/timeline?${query}`);
}

/** Traces that went by a router, by what the store knows of the newest. */
async function reached(count: number): Promise<TraceTimeline> {
  return await waitUntil(`${count} traces`, async () => {
    const known = await timeline();
    return known.traces.length >= count && known;
  });
}

test('a way that changes is a change from that hop on, at that trace and at no other', {
  skip,
  timeout: 180_000,
}, async () => {
  const { items } = await ways.api<{ items: { name: string }[] }>('/api/v1/agents');
  agent = items[0]?.name ?? '';
  const spec = {
    interval: '1s',
    destinations: [{ name: 'far', host: FAR }],
    probes: [{ trace: { every: '1s', maxHops: 4, count: 2, timeout: '300ms' } }],
  };
  await ways.api('/api/v1/tests/default/ways', {
    method: 'PUT',
    body: {
      apiVersion: 'streamswarm.dev/v1alpha1',
      kind: 'StreamTest',
      metadata: { name: 'ways', namespace: 'default' },
      spec,
    },
  });
  const before = await reached(ENOUGH);
  ways.goBy(RIGHT);
  const { traces } = await reached(before.traces.length + ENOUGH);
  assert.deepEqual(
    traces.flatMap(({ changedFrom }) => changedFrom ?? []),
    [1],
  );
  const place = traces.findIndex(({ changedFrom }) => changedFrom !== null);
  assert.equal(new Set(traces.slice(0, place).map(({ hash }) => hash)).size, 1);
  assert.equal(new Set(traces.slice(place).map(({ hash }) => hash)).size, 1);
  assert.ok(traces.every(({ hops, medians }) => hops === 2 && medians.length === 2));
});

test('the page says when it changed and from which hop on, and the address what is looked at', {
  skip,
  timeout: 180_000,
}, async () => {
  await page.goto(`${ways.url}/paths/?range=5m`);
  await page.getByRole('heading', { level: 1, name: `Paths / ${agent} → far` }).waitFor();
  const findings = page.getByRole('list', { name: 'Findings' });
  await findings.getByText(/^Path A → B from hop 1 on, /).waitFor();
  await findings.getByText('Every hop answered').waitFor();
  const table = page.getByRole('region', { name: 'Hop table' });
  await table.getByRole('row', { name: `1 ${RIGHT} other than before` }).waitFor();
  await table.getByRole('row', { name: `2 ${FAR} destination` }).waitFor();
  await page.getByRole('region', { name: 'Hops' }).getByText(LEFT, { exact: true }).waitFor();
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get('agent'), searchParams.get('dest')], [agent, 'far']);
  assert.match((await page.getByRole('contentinfo').textContent()) ?? '', /trace, .* → far, 5.m/);
  assert.deepEqual(await graveFindings(page), []);
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Paths 1 changed in the last hour/ })
    .waitFor();
});

test('by keyboard: from trace to trace, and each is seen hop by hop', {
  skip,
  timeout: 180_000,
}, async () => {
  await tabTo(page, /^Trace that is shown/);
  await page.keyboard.press('Home');
  const slider = page.getByRole('slider', { name: 'Trace that is shown' });
  const table = page.getByRole('region', { name: 'Hop table' });
  await table.getByRole('row', { name: `1 ${LEFT}` }).waitFor();
  assert.match((await slider.getAttribute('aria-valuetext')) ?? '', /: path A, 2 hops, /);
  await page.waitForURL(/[?&]trace=/);
  await page.reload();
  await table.getByRole('row', { name: `1 ${LEFT}` }).waitFor();
  assert.equal(await slider.getAttribute('aria-valuenow'), '1');
  await page.keyboard.press('k');
  await waitUntil('the next trace', async () => (await slider.getAttribute('aria-valuenow')) === '2');
  await page.keyboard.press('d');
  await page.waitForURL(/against=trace/);
  await table.getByRole('columnheader', { name: 'Before', exact: true }).waitFor();
  await page.keyboard.press('j');
  await waitUntil('the trace before', async () => (await slider.getAttribute('aria-valuenow')) === '1');
  await page.keyboard.press('Shift+T');
  const rows = page.getByRole('region', { name: 'Traces over time as a table' });
  await rows
    .getByRole('row', { name: / B 2 .* 1\s*$/ })
    .getByRole('button')
    .click();
  await table.getByRole('row', { name: `1 ${RIGHT}` }).waitFor();
  await page.keyboard.press('Shift+T');
});

test('a link to a trace that is there no more says so, and leads to the newest', {
  skip,
  timeout: 120_000,
}, async () => {
  const stream = `test=default/ways&agent=${agent}&dest=far`;
  await page.goto(`${ways.url}/paths/?${stream}&range=5m&trace=${NEVER}:00:00Z`);
  await page.getByText(/^There is no trace of 2026-01-01/).waitFor();
  assert.deepEqual(await graveFindings(page), []);
  await page.getByRole('button', { name: 'Newest trace' }).click();
  const table = page.getByRole('region', { name: 'Hop table' });
  await table.getByRole('row', { name: `1 ${RIGHT} other than before` }).waitFor();
  await page.waitForURL((url) => !url.searchParams.has('trace'));
});

test('a destination that falls silent is not reached, and no number of hops is made up', {
  skip,
  timeout: 180_000,
}, async () => {
  ways.silenceFar();
  await page.goto(`${ways.url}/paths/?test=default/ways&agent=${agent}&dest=far&range=5m`);
  await page.getByText('The destination does not answer').waitFor();
  const { traces } = await waitUntil('a lost trace', async () => {
    const known = await timeline();
    return known.traces.at(-1)?.outcome === 'lost' && known;
  });
  const { hops, medians, changedFrom } = traces.at(-1) ?? {};
  assert.deepEqual([hops, medians?.length, changedFrom], [null, 1, null]);
  await page
    .getByRole('region', { name: 'Over time' })
    .getByText(/not reached, answers up to hop 1/)
    .waitFor();
});

test('a phone and the dark find it as usable, and nothing is wider than the window', {
  skip,
  timeout: 180_000,
}, async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const width of [390, 768]) {
    await page.setViewportSize({ width, height: 844 });
    await page.getByRole('region', { name: 'Hop table' }).waitFor();
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
    assert.ok(over <= 0, `${width}: ${over} px too wide`);
    assert.deepEqual(await graveFindings(page), []);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1_440, height: 900 });
});

test('keys and Shift-drag move the time, and the way back is live again', {
  skip,
  timeout: 180_000,
}, async () => {
  const length = (): number => {
    const { searchParams } = new URL(page.url());
    const [from = 0, to = 0] = ['from', 'to'].map((name) => Date.parse(searchParams.get(name) ?? ''));
    return to - from;
  };
  await page.keyboard.press('[');
  await page.waitForURL(/[?&]out=5m/);
  assert.equal(length(), 300_000);
  await page.keyboard.press(']');
  await page.waitForURL((url) => url.searchParams.get('range') === '5m');
  await page.keyboard.press('-');
  await page.waitForURL((url) => url.searchParams.get('range') === '15m');
  await page.keyboard.press('=');
  await page.waitForURL((url) => url.searchParams.get('range') === '5m');

  await page.goto(`${ways.url}/tests/view/?test=default/ways&range=5m`);
  const chart = page.getByRole('group', { name: /^trace → / }).first();
  const box = await chart.boundingBox();
  assert.ok(box !== null);
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await page.waitForURL(/[?&]out=5m/);
  assert.equal(length(), 300_000, 'a time that is moved keeps its length');
});

test('tab, palette, rail and matrix lead to it', { skip, timeout: 180_000 }, async () => {
  await page.goto(`${ways.url}/tests/view/?test=default/ways&tab=paths&range=5m`);
  await page.getByRole('link', { name: 'trace by trace' }).click();
  await page.waitForURL((url) => url.pathname === '/paths/' && url.searchParams.has('trace'));
  await page.goto(`${ways.url}/matrix/?test=default/ways&range=5m`);
  const grid = page.getByRole('grid', { name: /Sources down/ });
  await grid.waitFor();
  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/paths/' && url.searchParams.get('dest') === 'far');
  await page.goto(`${ways.url}/tests/`);
  await page.getByRole('row', { name: /default\/ways/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search or run' }).waitFor();
  await page.keyboard.type('paths of ways');
  await page.getByRole('option', { name: 'Paths of default/ways' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/paths/');
  assert.deepEqual(complaints, []);
});
