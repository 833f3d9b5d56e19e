import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { checkStreamTest, type Results, type TestList } from '@streamswarm/contract';
import type { Page } from 'playwright-core';
import { parseAllDocuments } from 'yaml';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';
import { waitUntil } from '../support/wait-until.ts';

let visit: ConsoleVisit;
let page: Page;

before(async () => {
  visit = await visitConsole();
  for (const [name, host] of [
    ['one', '127.0.0.1'],
    ['two', '127.0.0.2'],
  ] as const) {
    const answer = await fetch(`${visit.product.url}/api/v1/tests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        apiVersion: 'streamswarm.dev/v1alpha1',
        kind: 'StreamTest',
        metadata: { name },
        spec: { destinations: [{ name: 'here', host }], probes: [{ icmp: {} }], interval: '1s' },
      }),
    });
    assert.equal(answer.status, 201);
  }
  await waitUntil('all have measured', async () => (await tests()).every(({ books }) => books.ok > 3));
  page = await visit.open('/tests/');
  await row('two').waitFor();
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

const tests = async (): Promise<TestList['items']> => (await visit.json<TestList>('/api/v1/tests')).items;
const stateOf = async (name: string) => (await tests()).find((each) => each.name === name)?.state;
const row = (name: string) => page.getByRole('row', { name: new RegExp(`default/${name}`) });
const bar = () => page.getByRole('toolbar', { name: 'Selected tests' });
/** From the first row to the last, whether each is chosen. */
const chosen = (): Promise<boolean[]> =>
  page.evaluate(`[...document.querySelectorAll('tr[data-row] input')].map(({ checked }) => checked)`);
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('J and K move from row to row, X and Shift X choose, Esc chooses nothing', {
  timeout: 90_000,
}, async () => {
  await press('j', 'x');
  await bar().getByText('1 selected').waitFor();
  await press('j', 'j', 'Shift+X');
  await bar().getByText('3 selected').waitFor();
  assert.deepEqual(await chosen(), [true, true, true]);
  await press('k', 'x');
  await bar().getByText('2 selected').waitFor();
  assert.deepEqual(await chosen(), [true, false, true]);
  await page.waitForURL((url) => url.searchParams.get('sel')?.split(',').length === 2);
  await page.reload();
  await bar().getByText('2 selected').waitFor();
  assert.deepEqual(await chosen(), [true, false, true], 'the address has it');
  await press('Escape');
  await bar().waitFor({ state: 'detached' });
  await page.waitForURL((url) => !url.searchParams.has('sel'));
});

test('a key does to the chosen what its button does', { timeout: 90_000 }, async () => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(new URL(request.url()).pathname.split('/').at(-1) ?? '');
  });
  await row('two').getByRole('checkbox').check();
  await press('p');
  await waitUntil('it is suspended', async () => (await stateOf('two')) === 'Suspended');
  await bar().getByRole('button', { name: 'Resume' }).waitFor();
  await press('r', 'u');
  await waitUntil('it runs', async () => (await stateOf('two')) === 'Running');
  assert.deepEqual(asked, ['suspend', 'resume'], 'what its button does not offer, a key does not do');
  assert.equal(await stateOf('one'), 'Running', 'one that is not chosen is left alone');
});

test('the manifests of the chosen come as one file that can be applied', { timeout: 90_000 }, async () => {
  await row('one').getByRole('checkbox').check();
  const coming = page.waitForEvent('download');
  await press('e');
  await page.getByRole('menuitem', { name: /^Manifests/ }).press('Enter');
  const file = await coming;
  assert.equal(file.suggestedFilename(), 'streamtests.yaml');
  const documents = parseAllDocuments(readFileSync(await file.path(), 'utf8'));
  const checked = documents.map((document) => checkStreamTest(document.toJS()));
  assert.deepEqual(
    checked.map((each) => each.ok && each.test.metadata.name),
    ['one', 'two'],
  );
});

test('two tests stand below one another, on one scale, and the second says how far it is from the first', {
  timeout: 90_000,
}, async () => {
  await press('c');
  await page.waitForURL((url) => url.pathname === '/tests/compare/');
  assert.equal(new URL(page.url()).searchParams.get('tests'), 'default/one,default/two');
  const charts = page.getByRole('region', { name: /^default\/(one|two), icmp$/ });
  await charts.nth(1).getByRole('img').waitFor();
  const scales = await waitUntil('both have an axis', async () => {
    const ticks = await charts.evaluateAll((all) =>
      all.map((chart) => [...chart.querySelectorAll('svg text')].map(({ textContent }) => textContent)),
    );
    const axes = ticks.map((texts) =>
      texts.filter((text) => /^[0-9.]+( [mµ]?s)?$/.test(text ?? '')).join(' '),
    );
    return axes.every((axis) => axis !== '') && axes;
  });
  assert.equal(scales[0], scales[1]);
  await row('two').getByText(/%|≈/).first().waitFor();
  assert.equal(await page.getByRole('button', { name: /^Leave out/ }).count(), 0, 'two are the least');

  // A time that is over: page and API say the same of it.
  const toMs = Date.now() - 5_000;
  const [from, to] = [new Date(toMs - 10_000).toISOString(), new Date(toMs).toISOString()];
  await page.goto(`${visit.product.url}/tests/compare/?tests=default/one,default/two&from=${from}&to=${to}`);
  const whole = await visit.json<Results>(
    `/api/v1/tests/default/two/results?probe=icmp&from=${from}&to=${to}&whole=true`,
  );
  await row('two')
    .getByRole('cell', { name: new RegExp(`^${whole.series[0]?.n[0]}$`) })
    .waitFor();
});

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
