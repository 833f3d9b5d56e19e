import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { TestDetail } from '@streamswarm/contract';
import type { Download, Locator, Page } from 'playwright-core';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';
import { waitUntil } from '../support/wait-until.ts';

const NAME = 'journey';
const VIEW = `/tests/view/?test=default/${NAME}`;

let visit: ConsoleVisit;
let page: Page;

before(async () => {
  // A name that is taken, and a test that was deleted a moment ago.
  visit = await visitConsole({ refused: [404, 409] });
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

const detailOf = (name: string): Promise<TestDetail> =>
  visit.json<TestDetail>(`/api/v1/tests/default/${name}`);
const inAddress = (name: string): string | null => new URL(page.url()).searchParams.get(name);
const bandOf = (title: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^${title}: p50 now`) });

async function fileOf(format: RegExp): Promise<{ name: string; text: string }> {
  const coming: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export/ }).click();
  await page.getByRole('menuitem', { name: format }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('a test is created by form and watched', { timeout: 180_000 }, async () => {
  page = await visit.open('/tests/new/');
  await page.getByLabel('Test name').fill(NAME);
  for (const [n, name, path] of [
    [1, 'page', '/'],
    [2, 'list', '/api/v1/catalogue'],
  ] as const) {
    if (n === 2) await page.getByRole('button', { name: '+ Add destination' }).click();
    await page.getByLabel(`Name of destination ${n}`).fill(name);
    await page.getByLabel(`Kind of destination ${n}`).selectOption('url');
    await page.getByLabel(`Address of destination ${n}`).fill(`${visit.address}${path}`);
  }
  for (const probe of ['icmp', 'host']) await page.getByRole('checkbox', { name: probe }).uncheck();
  for (const probe of ['tcp', 'http']) await page.getByRole('checkbox', { name: probe }).check();
  await page.getByRole('button', { name: 'Options of http' }).click();
  await page.getByLabel(/^follow/).fill('2');
  await page.getByLabel(/^headers/).fill('Accept: */*');
  await page.getByLabel('Every spec.interval').fill('1s');
  await page.getByText('schema and rules ok').waitFor();
  await page.getByRole('button', { name: /^Create test/ }).click();

  await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
  assert.deepEqual(
    (await detailOf(NAME)).manifest.spec.probes?.find((probe) => probe.http !== undefined)?.http,
    {
      follow: 2,
      headers: [{ name: 'Accept', value: '*/*' }],
    },
  );
  await page.getByRole('button', { name: 'http', exact: true }).click();
  await bandOf('http → all destinations').waitFor();
  const drawn = (): Promise<string | null> => bandOf('http → all destinations').getAttribute('aria-label');
  const first = await drawn();
  await waitUntil('the chart moves', async () => (await drawn()) !== first);
});

test('destinations and phases are compared, and no phase is counted twice', {
  timeout: 120_000,
}, async () => {
  const apart = page.getByRole('region', { name: 'By destination' });
  assert.deepEqual((await apart.getByRole('listitem').locator('b').allTextContents()).toSorted(), [
    'list',
    'page',
  ]);
  await page.getByRole('button', { name: 'list', exact: true }).click();
  const phases = page.getByRole('region', { name: 'Phases of http → list' });
  await phases.getByRole('img', { name: /first byte .* together/ }).waitFor();
  await phases.getByRole('button', { name: 'as table' }).click();
  const names = await phases.getByRole('columnheader').allTextContents();
  assert.deepEqual(names, ['From', 'connect', 'first byte', 'download', 'Total', 'Requests']);
  const rows = await phases
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '')),
    );
  const measured = rows.filter((row) => row.at(-1) !== '0').map((row) => row.slice(0, -1).map(milliseconds));
  assert.ok(measured.length > 0, 'some steps have requests');
  for (const row of measured) {
    const total = row.at(-1) ?? Number.NaN;
    const sum = row.slice(0, -1).reduce((all, part) => all + part, 0);
    // Three digits of each are shown.
    assert.ok(sum <= total * 1.01 + 0.03, `${sum} ms of phases in ${total} ms`);
  }
  for (const row of rows.filter((cells) => cells.at(-1) === '0')) {
    assert.ok(
      row.slice(0, -1).every((cell) => cell === '—'),
      'a step without a request is a gap in all columns',
    );
  }
  await phases.getByRole('button', { name: 'as chart' }).click();
});

function milliseconds(text: string): number {
  const [, amount = '', unit] = /^<?([0-9.,]+)\s(ms|s)$/.exec(text) ?? [];
  return Number(amount.replaceAll(',', '')) * (unit === 's' ? 1_000 : 1);
}

test('a part of the time is dragged over, and the way back leads out of it', {
  timeout: 120_000,
}, async () => {
  const band = bandOf('http → list');
  const box = await band.boundingBox();
  assert.ok(box !== null);
  await page.mouse.move(box.x + box.width * 0.6, box.y + 100);
  await page.mouse.down();
  // To the end of the axis: what was measured until now is the newest part of it.
  await page.mouse.move(box.x + box.width - 62, box.y + 120, { steps: 5 });
  await page.mouse.up();
  await page.waitForURL(/[?&]out=/);
  const [from, to] = [inAddress('from'), inAddress('to')].map((text) => Date.parse(text ?? ''));
  assert.ok(from !== undefined && to !== undefined && to - from > 30_000 && to - from < 240_000, page.url());
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.searchParams.has('from'));
  await page.goBack();
  await page.waitForURL(/[?&]out=/);
  const zoomed = page.url();
  await page.reload();
  assert.equal(page.url(), zoomed, 'a reload keeps the zoom');
  await bandOf('http → list').waitFor();
  await page.getByRole('button', { name: /^Zoom out/ }).click();
  await page.waitForURL((url) => !url.searchParams.has('from'));
  await page.goBack();
  await page.waitForURL(zoomed);
});

test('what is shown comes as CSV and as JSON: this probe, this destination, this time', {
  timeout: 120_000,
}, async () => {
  const [from, to] = [inAddress('from'), inAddress('to')].map((text) => Date.parse(text ?? ''));
  await waitUntil('the last sample of that time is there', () => Date.now() > (to ?? 0) + 5_000);
  const view = await fileOf(/^CSV, this view/);
  assert.match(view.name, /^default-journey-http-total_seconds\.csv$/);
  assert.match(view.text, /^time,step_seconds,probe,metric,n,/);
  const csv = await fileOf(/^CSV, raw samples/);
  assert.match(csv.name, /^default-journey-http-.*\.csv$/);
  const [head = '', ...lines] = csv.text.trimEnd().split('\r\n');
  const columns = head.split(',');
  for (const column of ['time', 'destination', 'outcome', 'total_seconds', 'ttfb_seconds']) {
    assert.ok(columns.includes(column), `${column} in ${head}`);
  }
  assert.ok(lines.length > 0);
  const rows = JSON.parse((await fileOf(/^JSON/)).text) as { time: string; destination: string }[];
  assert.equal(rows.length, lines.length, 'both have the same rows');
  for (const { time, destination } of rows) {
    assert.equal(destination, 'list');
    assert.ok(Date.parse(time) >= (from ?? 0) && Date.parse(time) < (to ?? 0), time);
  }
});

test('every range can be looked at, and stands in the address', { timeout: 120_000 }, async () => {
  for (const range of ['15m', '1h', '6h', '24h', '3d', '7d', '30d']) {
    await page.getByLabel('Time shown').selectOption(range);
    await page.waitForURL((url) => url.searchParams.get('range') === range);
    const words = range === '30d' ? /2\sh steps from the rollup/ : /steps from/;
    await page.getByRole('region', { name: 'http → list', exact: true }).getByText(words).waitFor();
    await bandOf('http → list').waitFor();
  }
});

test('an edit shows what it changes before it is applied, and marks the charts', {
  timeout: 120_000,
}, async () => {
  await page.goto(`${visit.product.url}${VIEW}&probe=http&range=5m`);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('heading', { level: 1, name: 'Edit test' }).waitFor();
  await page.getByText('schema and rules ok').waitFor();
  const save = page.getByRole('button', { name: /^Save/ });
  assert.ok(await save.isDisabled(), 'nothing is changed yet');
  await page.getByLabel('Every spec.interval').fill('2s');
  await page.getByText('schema and rules ok').waitFor();
  await save.click();
  const review = page.getByRole('dialog', { name: `Change ${NAME}?` });
  await review.getByText('removed: interval: 1s').waitFor();
  await review.getByText('added: interval: 2s').waitFor();
  assert.equal(
    (await detailOf(NAME)).manifest.spec.interval,
    '1s',
    'nothing is changed while it is only shown',
  );
  await review.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('link', { name: 'Duplicate' }).waitFor();
  assert.equal((await detailOf(NAME)).manifest.spec.interval, '2s');
  await page.getByText('spec rev 2').waitFor();
  await page.getByRole('button', { name: 'Events' }).click();
  await page
    .getByRole('region', { name: 'Events' })
    .getByText(/changed/)
    .first()
    .waitFor();
});

test('a test is duplicated; a name that is taken is said at its field', { timeout: 120_000 }, async () => {
  await page.getByRole('link', { name: 'Duplicate' }).click();
  await page.getByText(`from a copy of default/${NAME}`).waitFor();
  const name = page.getByLabel('Test name');
  assert.equal(await name.inputValue(), `${NAME}-copy`);
  await name.fill('hello');
  await page.getByText('schema and rules ok').waitFor();
  await page.getByRole('button', { name: /^Create test/ }).click();
  await page.getByRole('alert').getByText('metadata.name').waitFor();
  await page.getByRole('alert').getByText('choose another name').waitFor();
  await name.fill(`${NAME}-copy`);
  await page.getByRole('button', { name: /^Create test/, disabled: false }).click();
  await page.getByRole('link', { name: 'Duplicate' }).waitFor();
  assert.equal((await detailOf(`${NAME}-copy`)).manifest.spec.interval, '2s');
});

test('both are deleted, and their books close', { timeout: 120_000 }, async () => {
  for (const name of [`${NAME}-copy`, NAME]) {
    await page.goto(`${visit.product.url}/tests/view/?test=default/${name}`);
    await page.getByRole('button', { name: /^Delete/ }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(name);
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(/\/tests\/$/);
    assert.equal((await fetch(`${visit.product.url}/api/v1/tests/default/${name}`)).status, 404);
    const books = await waitUntil('the books close', async () => {
      const now = await visit.json<{ pending: number; ok: number; unaccounted: number }>(
        `/api/v1/accounting?test=${name}`,
      );
      return now.pending === 0 && now;
    });
    assert.equal(books.unaccounted, 0);
  }
});

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
