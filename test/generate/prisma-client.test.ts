import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

function manifest(path: string): Record<string, Record<string, string> | undefined> {
  return JSON.parse(readFileSync(fileURLToPath(new URL(path, root)), 'utf8'));
}

test('the command that generates the client is of the version that runs it', () => {
  const command = manifest('test/generate/prisma/package.json')['devDependencies']?.['prisma'];
  const { dependencies } = manifest('operator/package.json');
  assert.match(command ?? '', /^\d+\.\d+\.\d+$/);
  assert.equal(dependencies?.['@prisma/client'], command);
  assert.equal(dependencies?.['@prisma/adapter-pg'], command);
});
