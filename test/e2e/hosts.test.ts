import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type RunningAgent, startAgent } from '@streamswarm/agent/agent';
import type { Accounting } from '@streamswarm/contract';
import type { Operator } from '@streamswarm/operator/operator';
import { pino } from 'pino';
import type { BrowserContext, Page } from 'playwright-core';
import { noteComplaints } from '../support/complaints.ts';
import { type OperatorVisit, visitOperator } from '../support/operator-visit.ts';
import { waitUntil } from '../support/wait-until.ts';

const HOST = 'factory-7';
const logger = pino({ level: 'silent' });

let visit: OperatorVisit;
let operator: Operator;
let agent: RunningAgent | undefined;
let context: BrowserContext;
const stateDir = mkdtempSync(join(tmpdir(), 'streamswarm-host-'));
const complaints: string[] = [];

before(async () => {
  visit = await visitOperator({ agents: { host: '127.0.0.1', port: 0, serverNames: [], required: true } });
  ({ operator } = visit);
  context = await visit.browser.newContext({
    viewport: { width: 1_440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(30_000);
});
after(async () => {
  try {
    await agent?.stop();
  } finally {
    await visit?.end();
    rmSync(stateDir, { recursive: true, force: true });
  }
});

async function open(path: string): Promise<Page> {
  const page = await context.newPage();
  noteComplaints(page, complaints);
  await page.goto(new URL(path, operator.url).href);
  return page;
}

/** Server, token and fingerprint out of the command that a person copies. */
function readCommand(command: string): { server: string; token: string; caFingerprint: string } {
  const [, server = '', token = '', caFingerprint = ''] =
    /^streamswarm agent --server (\S+) --token (\S+) --ca-fingerprint (\S+)$/.exec(command) ?? [];
  assert.ok(server && token && caFingerprint, command);
  return { server, token, caFingerprint };
}

test('an empty list teaches how a host joins; the copied command brings it', {
  timeout: 120_000,
}, async () => {
  const page = await open('/agents/');
  await page.getByText('No agent has joined yet.').waitFor();
  await page.getByRole('region', { name: 'Agents' }).getByRole('button', { name: 'Add host' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a host' });
  const form = dialog.getByRole('form', { name: 'New join token' });
  await form.getByLabel('Labels').fill('site');
  await form.getByRole('button', { name: 'Create token' }).click();
  await dialog.getByRole('alert').getByText('"site" is no label').waitFor();
  await form.getByLabel('Name of the agent').fill(HOST);
  await form.getByLabel('Labels').fill('site=hamburg');
  await form.getByLabel('Good for').selectOption('15m');
  await form.getByRole('button', { name: 'Create token' }).click();
  await dialog.getByText('Waiting for the host').waitFor();
  await dialog.getByRole('button', { name: 'copy' }).click();
  const command = await page.evaluate<string>('navigator.clipboard.readText()');
  const { server, token, caFingerprint } = readCommand(command);
  agent = await startAgent({ server, stateDir, logger, join: { token, caFingerprint } });
  await dialog.getByText('has joined and is heard').waitFor();
  await dialog.getByRole('link', { name: HOST }).click();
  await page.getByRole('heading', { level: 1, name: HOST }).waitFor();
  await page.close();
});

test('the page of an agent says what it is, can measure and has measured', { timeout: 120_000 }, async () => {
  const created = await fetch(new URL('/api/v1/tests', operator.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'streamswarm.dev/v1alpha1',
      kind: 'StreamTest',
      metadata: { name: 'machine' },
      spec: {
        sources: { agents: { matchLabels: { site: 'hamburg' } } },
        destinations: [{ name: 'here', host: '127.0.0.1' }],
        probes: [{ host: {} }, { tcp: { port: Number(new URL(operator.url).port) } }],
        interval: '1s',
      },
    }),
  });
  assert.equal(created.status, 201);
  await waitUntil('slots of the agent', async () => {
    const answer = await fetch(new URL(`/api/v1/accounting?agent=${HOST}`, operator.url));
    return ((await answer.json()) as Accounting).ok > 10;
  });
  const page = await open('/agents/');
  const row = page.getByRole('row', { name: new RegExp(HOST) });
  await row.getByText('Online').waitFor();
  await row.getByRole('link', { name: HOST }).click();
  await page.waitForURL(new RegExp(`/agents/view/\\?agent=${HOST}`));
  const identity = page.getByRole('region', { name: 'Identity' });
  await identity.getByText('Host, outside the cluster').waitFor();
  await page.getByText('site=hamburg').waitFor();
  const capabilities = page.getByRole('region', { name: 'What this agent can measure' });
  await capabilities.getByRole('row', { name: /tcp/ }).first().waitFor();
  await page.getByRole('img', { name: /^CPU: mean now/ }).waitFor();
  const tests = page.getByRole('region', { name: 'Tests it serves' });
  await tests.getByRole('row', { name: /default\/machine/ }).waitFor();
  await page.getByRole('region', { name: 'History' }).getByRole('time').first().waitFor();
  await page.getByText(`${HOST},`).first().waitFor();
  await page.close();
});

test('a host is revoked once its name is typed, and its page tells so', { timeout: 120_000 }, async () => {
  const page = await open(`/agents/${HOST}`);
  await page.getByRole('button', { name: 'Revoke…' }).click();
  const dialog = page.getByRole('dialog', { name: `Revoke ${HOST}?` });
  assert.ok(await dialog.getByRole('button', { name: 'Revoke' }).isDisabled());
  await dialog.getByRole('textbox').fill(HOST);
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('region', { name: 'State' }).getByText('Revoked', { exact: true }).waitFor();
  await page.getByRole('region', { name: 'History' }).getByText('was revoked').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Revoke…' }).count(), 0);
  await agent?.revoked;
  await page.goto(new URL('/agents/', operator.url).href);
  await page.getByRole('button', { name: 'Gone' }).click();
  await page
    .getByRole('row', { name: new RegExp(HOST) })
    .getByText('Revoked')
    .waitFor();
  await page.close();
});

test('no page complained', () => assert.deepEqual(complaints, []));
