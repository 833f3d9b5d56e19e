import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { TestDetail } from '@streamswarm/contract';
import type { Page } from 'playwright-core';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';
import { tabTo, typeOver } from '../support/keyboard.ts';
import { waitUntil } from '../support/wait-until.ts';

/** No pointer in here: every step is a key. */
const NAME = 'by-keyboard';

let visit: ConsoleVisit;
let page: Page;

before(async () => {
  // A test that was deleted a moment ago.
  visit = await visitConsole({ refused: [404] });
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

const spec = async (): Promise<TestDetail['manifest']['spec']> =>
  (await visit.json<TestDetail>(`/api/v1/tests/default/${NAME}`)).manifest.spec;

test('a test is created', { timeout: 180_000 }, async () => {
  page = await visit.open('/tests/');
  await page.getByRole('row', { name: /default\/hello/ }).waitFor();
  await page.keyboard.press('n');
  await page.getByRole('heading', { level: 1, name: 'Create test' }).waitFor();
  await tabTo(page, /^Test name/);
  await typeOver(page, NAME);
  await tabTo(page, /^Kind of destination 1/);
  await page.keyboard.press('u');
  await tabTo(page, /^Address of destination 1/);
  await typeOver(page, `${visit.address}/`);
  await tabTo(page, /^icmp/);
  await page.keyboard.press('Space');
  await tabTo(page, /^http/);
  await page.keyboard.press('Space');
  await tabTo(page, /^Options of http/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^follow/);
  await typeOver(page, '3');
  await tabTo(page, /^Every/);
  await typeOver(page, '1s');
  await page.getByText('schema and rules ok').waitFor();
  await page.getByRole('button', { name: /^Create test/, disabled: false }).waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
  assert.deepEqual((await spec()).probes, [{ host: {} }, { http: { follow: 3 } }]);
});

test('the chart has a cursor, a zoom and a way back', { timeout: 120_000 }, async () => {
  await page.getByRole('group', { name: /^http → all destinations: p50 now/ }).waitFor();
  await tabTo(page, /^http → all destinations: p50 now/);
  await page.keyboard.press('End');
  for (let steps = 0; steps < 5; steps++) await page.keyboard.press('ArrowLeft');
  const card = page.locator('[aria-live="polite"]').filter({ hasText: 'p95' });
  await card.waitFor();
  for (let steps = 0; steps < 4; steps++) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await page.waitForURL(/[?&]out=/);
  await tabTo(page, /^http → all destinations/);
  await page.keyboard.press('z');
  await page.waitForURL((url) => !url.searchParams.has('from'));
});

test('phases are read as a table, and the samples are taken along', { timeout: 120_000 }, async () => {
  await page.getByRole('group', { name: /^Phases of http → all destinations/ }).waitFor();
  await page.keyboard.press('Shift+T');
  const table = page.getByRole('region', { name: /^Phases of http → all destinations as a table/ });
  await table.getByRole('columnheader', { name: 'first byte' }).waitFor();
  await page.keyboard.press('Shift+T');
  await tabTo(page, /^Export/);
  await page.keyboard.press('Enter');
  const coming = page.waitForEvent('download');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const download = await coming;
  const rows = JSON.parse(readFileSync(await download.path(), 'utf8')) as unknown[];
  assert.ok(rows.length > 0);
  assert.match(download.suggestedFilename(), /\.json$/);
  const focused = await page.locator('*:focus').textContent();
  assert.match(focused ?? '', /^Export/, 'the menu gives the focus back');
});

test('it is edited with a look at the change', { timeout: 120_000 }, async () => {
  await tabTo(page, /^Edit$/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Edit test' }).waitFor();
  await tabTo(page, /^Description/);
  await typeOver(page, 'without a pointer');
  await page.getByRole('button', { name: /^Save/, disabled: false }).waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  // Hidden ones too: between its end and its going a dialog is there and takes no second opening.
  const review = page.getByRole('dialog', { name: `Change ${NAME}?`, includeHidden: true });
  await review.getByText('added: description: without a pointer').waitFor();
  await page.keyboard.press('Escape');
  await review.waitFor({ state: 'detached' });
  await page.keyboard.press('ControlOrMeta+Enter');
  await tabTo(page, /^Apply$/);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Duplicate' }).waitFor();
  assert.equal((await spec()).description, 'without a pointer');
});

test('it is deleted', { timeout: 120_000 }, async () => {
  await tabTo(page, /^Delete/);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await tabTo(page, /^Type by-keyboard/);
  await page.keyboard.type(NAME);
  await page.keyboard.press('Enter');
  await waitUntil(
    'the test is gone',
    async () => (await fetch(`${visit.product.url}/api/v1/tests/default/${NAME}`)).status === 404,
  );
});

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
