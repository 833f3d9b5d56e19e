import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DEFAULT_RETENTION, type RetentionView } from '@streamswarm/contract';
import type { Page } from 'playwright-core';
import { closeRouted } from '../support/close-routed.ts';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';
import { waitUntil } from '../support/wait-until.ts';

const DAY = 86_400_000;

let visit: ConsoleVisit;

before(async () => {
  visit = await visitConsole();
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

const kept = async (): Promise<RetentionView> => visit.json('/api/v1/retention');
const days = (page: Page, level: string) => page.getByRole('textbox', { name: new RegExp(`^${level}`) });
const effects = (page: Page) => page.getByRole('list', { name: 'What saving does' });

test('what is wrong stands at its level, with what is allowed', { timeout: 90_000 }, async () => {
  const page = await visit.open('/settings/?tab=retention');
  const messages = page.getByRole('main').getByRole('alert');
  for (const [level, text, says] of [
    ['Samples', '0', /^raw: must be a whole number of days, 1 to 3650$/],
    ['Hours', '3651', /^1h: must be a whole number of days, 1 to 3650$/],
    ['Minutes', 'a month', /^1m: must be a whole number of days, 1 to 3650$/],
    ['10 minutes', '20', /^10m: must be at least 30, the days of 1m/],
  ] as const) {
    const field = days(page, level);
    await field.fill(text);
    await messages.first().waitFor();
    const said = await messages.allTextContents();
    assert.equal(said.length, 1, said.join(' | '));
    assert.match(said[0] ?? '', says);
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    assert.equal(await field.inputValue(), text, 'it stays as it was typed');
    assert.ok(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled());
    await page.getByRole('button', { name: 'Undo' }).click();
  }
  await page.close();
});

test('what deletes nothing is saved at once, and stays', { timeout: 90_000 }, async () => {
  const page = await visit.open('/settings/?tab=retention');
  await days(page, 'Samples').fill('3');
  await days(page, 'Hours').fill('800');
  await effects(page)
    .getByText(/^Samples: nothing that is stored is from before/)
    .waitFor();
  await effects(page)
    .getByText(/^Hours: kept longer from now on/)
    .waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved.').waitFor();
  assert.deepEqual((await kept()).days, { ...DEFAULT_RETENTION, raw: 3, '1h': 800 });
  await page.reload();
  assert.equal(await days(page, 'Samples').inputValue(), '3');
  await page.close();
});

test('what would be deleted is said before it is, and asked for twice', { timeout: 90_000 }, async () => {
  const page = await visit.open('/');
  // Nothing here is older than today: this page is told that there is.
  await page.route('**/api/v1/retention', async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    const response = await route.fetch();
    const view = (await response.json()) as RetentionView;
    const from = new Date(Math.floor(Date.now() / DAY - 30) * DAY).toISOString();
    await route.fulfill({
      response,
      json: { ...view, stored: { ...view.stored, '1m': { from, bytes: 1e9 } } },
    });
  });
  await page.goto(`${visit.product.url}/settings/?tab=retention`);
  await days(page, 'Minutes').fill('10');
  await effects(page)
    .getByText(/^Minutes: all from \d{4}-\d\d-\d\d until \d{4}-\d\d-\d\d is deleted\.$/)
    .waitFor();
  await effects(page)
    .getByText(/cannot be had back/)
    .waitFor();
  const before = await kept();
  await days(page, 'Minutes').press('Enter');
  await page.getByRole('button', { name: 'Save and delete' }).click();
  assert.deepEqual((await kept()).days, before.days, 'one press saves nothing');
  await page.getByRole('button', { name: 'Save and delete: really' }).click();
  await waitUntil('it is kept', async () => (await kept()).days['1m'] === 10);
  await closeRouted(page);
});

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
