import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PACKAGES, sourceFiles, withoutComments } from './source-files.ts';

const LONGEST_LINES = 400;
const product = sourceFiles('contract', 'agent', 'operator', 'console', 'cli');
const all = sourceFiles(...PACKAGES);

test('environment and arguments are read in config.ts, in bin and in the bootstrap only', () => {
  // Stand-ins and fixtures are programs of their own that only tests start.
  const reader = /(^|\/)config\.ts$|\/bin\/|^cli\/bootstrap\/|\/stand-in\/|\/fixtures\//;
  const wrong = product
    .filter((file) => !file.isTest && !reader.test(file.path))
    .filter((file) => /\bprocess\.(env|argv)\b/.test(withoutComments(file.text)))
    .map((file) => file.path);
  assert.deepEqual(wrong, []);
});

test('no room is named after nothing', () => {
  const wrong = all
    .filter((file) => /(^|[/.-])(utils?|helpers?|common|managers?|misc)([/.-]|$)/i.test(file.path))
    .map((file) => file.path);
  assert.deepEqual(wrong, []);
});

test('names are kebab-case', () => {
  const wrong = all
    .map((file) => file.path)
    .filter((path) => path.split('/').some((part) => !/^[a-z0-9.[\]_()-]+$/.test(part)));
  assert.deepEqual(wrong, []);
});

test(`no file has more than ${LONGEST_LINES} lines`, () => {
  const wrong = all
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONGEST_LINES)
    .map(({ path, lines }) => `${path}: ${lines}`);
  assert.deepEqual(wrong, []);
});

test('no test is put off or focused, and none is skipped in CI', () => {
  const quiet =
    /\b(test|it|describe|suite|t)\.(skip|todo|only)\s*\(|[{,]\s*(skip|todo)\s*[:,}]|[{,]\s*only\s*:\s*true/;
  const wrong = all
    .filter((file) => file.isTest && !file.path.startsWith('test/architecture/'))
    .filter((file) => quiet.test(withoutComments(file.text)))
    // What looks at CI fails or runs there, as needs() does; so does the network lab.
    .filter((file) => !/process\.env(\['CI'\]|\.CI\b)|networkLabProblem\(\)/.test(file.text))
    .map((file) => `${file.path}: use needs() of test/support/needs.ts`);
  assert.deepEqual(wrong, []);
});

test('nothing is left to do in the source', () => {
  const wrong = all
    .filter((file) => !file.path.startsWith('test/architecture/'))
    .filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(file.text))
    .map((file) => file.path);
  assert.deepEqual(wrong, []);
});

test('every test file is matched by a script of npm test', () => {
  const wrong = all
    .filter((file) => file.isTest)
    .map((file) => file.path)
    .filter(
      (path) =>
        !/^(contract|agent|operator|cli|console)\/src\/.*\.test\.ts$|^cli\/bootstrap\/.*\.test\.mjs$|^test\/(architecture|generate|support|truth|integration|e2e|charts|cluster)\/.*\.test\.ts$/.test(
          path,
        ),
    );
  assert.deepEqual(wrong, []);
});
