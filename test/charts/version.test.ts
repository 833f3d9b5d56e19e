import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { CHART } from './helm.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

test('packages, chart, images and the commands of the documents have one version', () => {
  const { version } = JSON.parse(text('package.json')) as { version: string };
  for (const workspace of ['agent', 'operator']) {
    assert.equal((JSON.parse(text(`${workspace}/package.json`)) as { version: string }).version, version);
  }
  const chart = parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')) as Record<string, string>;
  assert.deepEqual([chart['version'], chart['appVersion']], [version, version]);
  for (const [, given] of text('Dockerfile').matchAll(/^ARG VERSION=(.*)$/gm)) assert.equal(given, version);
  for (const page of [
    'README.md',
    'docs/install-kind.md',
    'docs/install-k3s.md',
    'docs/install-managed.md',
  ]) {
    const tags = [...text(page).matchAll(/\/(?:operator|agent|\$part):([0-9][\w.-]*)/g)];
    assert.ok(tags.length > 0, page);
    for (const [, tag] of tags) assert.equal(tag, version, page);
  }
});
