import type { Page } from 'playwright-core';
import { waitUntil } from './wait-until.ts';

/** One screen of the console, or one state of it that looks different. */
export interface Sight {
  readonly name: string;
  /** AGENT stands for the name of an agent. */
  readonly path: string;
  /** Seen by somebody who has not logged in. */
  readonly asStranger?: true;
  /** What has to be there before it is looked at. */
  readonly ready?: (page: Page) => Promise<unknown>;
}

const region = (name: string) => (page: Page) => page.getByRole('region', { name }).first().waitFor();
const form = (page: Page) => page.getByRole('form').waitFor();
const dialog = (key: string, name: string) => async (page: Page) => {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await waitUntil(`the ${name} dialog`, async () => {
    await page.keyboard.press(key);
    return page.getByRole('dialog', { name }).isVisible();
  });
};

const HELLO = '/tests/view/?test=default/hello';

/** Every screen of a product that measures its first test. */
export const SIGHTS: readonly Sight[] = [
  { name: 'overview', path: '/', ready: region('Activity') },
  { name: 'palette', path: '/', ready: dialog('Control+k', 'Search or run') },
  { name: 'keys', path: '/', ready: dialog('?', 'Keys') },
  {
    name: 'tests',
    path: '/tests/',
    ready: (page) => page.getByRole('row', { name: /default\/hello/ }).waitFor(),
  },
  { name: 'create', path: '/tests/new/', ready: (page) => page.getByLabel('Test name').waitFor() },
  { name: 'test-detail', path: HELLO, ready: region('State') },
  { name: 'test-system', path: `${HELLO}&tab=system`, ready: region('CPU') },
  { name: 'test-spec', path: `${HELLO}&tab=spec`, ready: region('State') },
  { name: 'test-events', path: `${HELLO}&tab=events`, ready: region('Events') },
  { name: 'test-unknown', path: '/tests/view/?test=default/nothing' },
  {
    name: 'compare',
    path: '/tests/compare/?tests=default/hello,default/nothing',
    ready: (page) => page.getByRole('row', { name: /default\/nothing/ }).waitFor(),
  },
  { name: 'matrix', path: '/matrix/', ready: (page) => page.getByRole('grid').waitFor() },
  {
    name: 'paths',
    path: '/paths/',
    ready: (page) => page.getByText('traces no path').or(page.getByRole('slider')).first().waitFor(),
  },
  { name: 'agents', path: '/agents/', ready: (page) => page.getByRole('row').nth(1).waitFor() },
  { name: 'add-host', path: '/agents/?add=host', ready: form },
  { name: 'agent', path: '/agents/view/?agent=AGENT', ready: region('History') },
  { name: 'users', path: '/settings/?tab=users', ready: form },
  { name: 'tokens', path: '/settings/?tab=tokens', ready: form },
  { name: 'hosts', path: '/settings/?tab=hosts', ready: form },
  { name: 'retention', path: '/settings/?tab=retention', ready: form },
  { name: 'audit', path: '/settings/?tab=audit', ready: region('Audit') },
  { name: 'not-found', path: '/nothing/here/' },
  // What the secret is worth is only seen when it is used.
  {
    name: 'first-admin',
    path: '/login/#setup=SECRET',
    ready: (page) => page.getByLabel('Password').waitFor(),
  },
];

/** What only a product shows that asks for a login. */
export const LOGIN_SIGHTS: readonly Sight[] = [
  {
    name: 'login',
    path: '/login/',
    asStranger: true,
    ready: (page) => page.getByRole('heading', { name: 'Log in' }).waitFor(),
  },
  { name: 'account', path: '/settings/?tab=account', ready: form },
];

/** The address of a sight in a product with this agent. */
export function sightUrl(product: string, { path }: Sight, agent: string): string {
  return `${product}${path.replace('AGENT', encodeURIComponent(agent))}`;
}
