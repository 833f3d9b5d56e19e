import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Operator } from '@streamswarm/operator/operator';
import type { BrowserContext, Page } from 'playwright-core';
import { graveFindings } from '../support/axe.ts';
import { noteComplaints } from '../support/complaints.ts';
import { type OperatorVisit, visitOperator } from '../support/operator-visit.ts';

const PASSWORD = 'correct horse battery';

let visit: OperatorVisit;
let operator: Operator;
let context: BrowserContext;
let origin: string;
const complaints: string[] = [];
const elsewhere: string[] = [];

before(async () => {
  visit = await visitOperator({ people: { host: '127.0.0.1', port: 0, names: [], certificate: null } });
  ({ operator } = visit);
  origin = operator.console?.url ?? '';
  // As a person who has compared the fingerprint and goes on; the certificate itself is checked in access-tls.test.ts.
  context = await visit.browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: { width: 1_440, height: 900 },
  });
  context.setDefaultTimeout(15_000);
});
after(() => visit?.end());

async function open(address: string): Promise<Page> {
  const page = await context.newPage();
  // That a login is needed, and that a short password is refused, is what is tested.
  noteComplaints(page, complaints, (text) => /status of 40[013]/.test(text));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) elsewhere.push(request.url());
  });
  await page.goto(new URL(address, origin).href);
  return page;
}

test('without a login every page leads to it and shows nothing', { timeout: 120_000 }, async () => {
  const page = await open('/tests/?state=running');
  await page.waitForURL(/\/login\/\?next=%2Ftests%2F%3Fstate%3Drunning$/);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.getByText('Nobody has a login yet').waitFor();
  assert.equal(await page.getByRole('navigation', { name: 'Main' }).count(), 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await graveFindings(page), [], `axe, ${colorScheme}`);
  }
  await page.close();
});

test('the admin link makes the first admin, by keyboard alone, and leaves the address', {
  timeout: 120_000,
}, async () => {
  const page = await open(operator.console?.adminLink ?? '');
  await page.getByRole('heading', { name: 'The first admin' }).waitFor();
  await page.waitForURL(`${origin}/login/`);
  await page.getByLabel('Name').focus();
  await page.keyboard.type('ann');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ann-ann-ann-ann');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('password').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${origin}/`);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  assert.ok(
    !String(await page.evaluate('document.cookie')).includes('streamswarm'),
    'no script can read the cookie',
  );
  await page.close();
});

test('an admin makes users and tokens, and the audit tells of it', { timeout: 120_000 }, async () => {
  const page = await open('/settings/?tab=users');
  const form = page.getByRole('form', { name: 'New user' });
  await form.getByLabel('Name').fill('vera');
  await form.getByLabel('First password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Create user' }).click();
  await page.getByRole('cell', { name: 'vera', exact: true }).waitFor();

  await page.getByRole('button', { name: 'API tokens' }).click();
  const tokenForm = page.getByRole('form', { name: 'New API token' });
  await tokenForm.getByLabel('What it is for').fill('nightly script');
  await tokenForm.getByRole('button', { name: 'Create token' }).click();
  const token = await page.getByRole('status').locator('code').textContent();
  assert.match(token ?? '', /^sst_[\w-]{43}$/);
  await page.getByRole('cell', { name: 'nightly script', exact: true }).waitFor();

  await page.getByRole('button', { name: 'Audit' }).click();
  for (const action of ['api-token.create', 'user.create']) await page.getByText(action).first().waitFor();
  await page.getByRole('button', { name: 'Join tokens' }).click();
  await page.getByRole('form', { name: 'New join token' }).waitFor();
  await page.close();
});

test('the API is described for people by this operator alone', { timeout: 120_000 }, async () => {
  const page = await open('/api/docs/');
  await page.getByText('Tests with their progress, loss and latency').first().waitFor();
  await page.close();
});

test('logging out leads to the login, and a viewer finds nothing to change', {
  timeout: 120_000,
}, async () => {
  const page = await open('/settings/?tab=account');
  await page.getByRole('button', { name: 'Log out', exact: true }).click();
  await page.waitForURL(`${origin}/login/`);
  await page.getByLabel('Name').fill('vera');
  await page.getByLabel('Password').fill('a wrong password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').getByText('do not belong together').waitFor();
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL(`${origin}/`);
  await page.goto(`${origin}/settings/`);
  await page.getByText('vera').first().waitFor();
  assert.deepEqual(
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button').allTextContents(),
    ['My account'],
  );
  await page.close();
});

test('no page complained, and none asked anybody but this operator', () => {
  assert.deepEqual(complaints, []);
  assert.deepEqual(elsewhere, []);
});
