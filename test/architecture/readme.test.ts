import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { checkStreamTest } from '@streamswarm/contract';
import { parse } from 'yaml';
import { ROOT } from './source-files.ts';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

function pages(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => join(entry.parentPath, entry.name));
}

const documents = [join(ROOT, 'README.md'), ...pages('docs')].map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}));

test('every npm command in the documents exists', () => {
  for (const { path, text } of documents) {
    const commands = [...text.matchAll(/\bnpm (?:run ([a-z:]+)|(start|test)\b)/g)];
    for (const [, run, short] of commands) {
      const script = run ?? short ?? '';
      assert.ok(script in scripts, `${path} names npm run ${script}`);
    }
  }
});

test('CI runs the command that the README tells for tests', () => {
  const readme = documents[0]?.text ?? '';
  assert.match(readme, /^npm test$/m);
  assert.match(readFileSync(join(ROOT, '.ci/run'), 'utf8'), /^npm test$/m);
});

test('every link to a file of this repository leads somewhere', () => {
  for (const { path, text } of documents) {
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
      assert.ok(existsSync(join(dirname(path), target)), `${path} links to ${target}`);
    }
  }
});

test('every StreamTest in the documents is accepted as it stands', () => {
  for (const { path, text } of documents) {
    for (const [, block = ''] of text.matchAll(/```yaml\n([\s\S]*?)```/g)) {
      const manifest: unknown = parse(block);
      if ((manifest as { kind?: string } | null)?.kind !== 'StreamTest') continue;
      assert.deepEqual(checkStreamTest(manifest), { ok: true, test: manifest }, path);
    }
  }
});
