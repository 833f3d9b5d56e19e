import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { readManifests } from '../cluster/manifests/read-manifests.ts';
import { type ConsoleVisit, visitConsole } from '../support/console-visit.ts';

let visit: ConsoleVisit;
let page: Page;
let yaml: Locator;

before(async () => {
  visit = await visitConsole();
  page = await visit.open('/tests/new/');
  yaml = page.getByLabel('Manifest as YAML');
  await yaml.waitFor();
});
after(async () => {
  assert.equal(await visit?.end(), 0, 'it ends well when asked to');
});

/** What is said to a text: each message in full, and the lines of the text that are marked. */
async function saidTo(text: string) {
  await yaml.fill(text);
  await page.getByText(/^Checked by the server as you type: schema and rules ok except/).waitFor();
  assert.equal(await yaml.inputValue(), text, 'the text stays as it is');
  assert.ok(await page.getByRole('button', { name: /^Create test/ }).isDisabled());
  const marked = page.locator('[data-wrong]');
  return {
    messages: await page.getByRole('main').getByRole('alert').allTextContents(),
    lines: await marked.evaluateAll((rows) => rows.map((row) => row.textContent ?? '')),
  };
}

/** Whether a line is that of a field, or of the nearest above it that is there: a key of its path, or the dash of an entry. */
function standsAt(line: string, path: string): boolean {
  const keys = path.split(/[.[\]]+/).filter((part) => /^[a-z]/i.test(part));
  const own = keys.slice(Math.min(1, keys.length - 1));
  return [...own, 'spec:'].some((key) => line.includes(key)) || (path.endsWith(']') && line.includes('- '));
}

for (const { name, file, refusal } of readManifests()) {
  if (refusal === null) continue;
  test(`${name} in the YAML pane: one message with its path, also at its line`, {
    timeout: 60_000,
  }, async () => {
    const { messages, lines } = await saidTo(readFileSync(file, 'utf8'));
    const expected = name === 'b15-two-unnamed' ? 2 : 1;
    assert.equal(messages.length, expected, messages.join(' | '));
    const [message = ''] = messages;
    assert.ok(message.startsWith(`${refusal.path}: `), message);
    assert.ok(message.includes(refusal.check), message);
    assert.ok(lines.length > 0, 'a line is marked');
    const [line = ''] = lines;
    assert.ok(line.includes(message.slice(refusal.path.length + 2)), lines.join(' | '));
    assert.ok(standsAt(line, refusal.path), line);
  });
}

/** Text that is no manifest at all: what is said of it. */
const NO_MANIFEST: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
  'a bracket that is not closed': ['kind: StreamTest\nspec: [a\n', /^manifest: .*line 3/],
  'a tab for indentation': ['kind: StreamTest\nspec:\n\tinterval: 5s\n', /^manifest: .*tab/i],
  'a key twice': ['kind: StreamTest\nkind: StreamTest\n', /^manifest: .*unique/],
  'two documents': ['kind: StreamTest\n---\nkind: StreamTest\n', /^manifest: .*2 documents/],
  nothing: ['', /^manifest: .*empty/],
  'a list': ['- kind: StreamTest\n', /^manifest: must be a mapping with apiVersion, kind, metadata and spec/],
};

for (const [name, [text, says]] of Object.entries(NO_MANIFEST)) {
  test(`${name} in the YAML pane: one message, and the text stays`, { timeout: 60_000 }, async () => {
    const { messages, lines } = await saidTo(text);
    assert.equal(messages.length, 1, messages.join(' | '));
    assert.match(messages[0] ?? '', says);
    assert.equal(lines.length, 1);
  });
}

test('a manifest that was mended goes on where it was', { timeout: 60_000 }, async () => {
  const [good] = readManifests().filter(({ name }) => name === 'g01-minimal');
  assert.ok(good);
  await yaml.fill(readFileSync(good.file, 'utf8'));
  await page.getByText('schema and rules ok', { exact: false }).waitFor();
  await page.getByRole('button', { name: /^Create test/, disabled: false }).waitFor();
  assert.equal(await page.getByRole('main').getByRole('alert').count(), 0);
});

test('no page complained', () => {
  assert.deepEqual(visit.complaints, []);
});
