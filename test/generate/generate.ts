// `npm run generate` writes what is made from the contract and from Prisma's schema; with --check it only compares.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartCrd } from './chart-crds.ts';
import { streamAgentCrd } from './crd/stream-agent-crd.ts';
import { streamTestCrd } from './crd/stream-test-crd.ts';
import { guideFieldsPage } from './guide-fields-page.ts';
import { filesBelow, prismaClient } from './prisma-client.ts';
import { probesPage } from './probes-page.ts';
import { statusPage } from './status-page.ts';
import { streamTestPage } from './stream-test-page.ts';

/** Path below the root of the repository, and what has to stand there. */
const FROM_CONTRACT: Readonly<Record<string, () => string>> = {
  'charts/streamswarm/templates/crds/streamagents.yaml': () => chartCrd(streamAgentCrd()),
  'charts/streamswarm/templates/crds/streamtests.yaml': () => chartCrd(streamTestCrd()),
  'crds/streamagents.streamswarm.dev.yaml': streamAgentCrd,
  'crds/streamtests.streamswarm.dev.yaml': streamTestCrd,
  'docs/reference/guide-fields.md': guideFieldsPage,
  'docs/reference/probes.md': probesPage,
  'docs/reference/status.md': statusPage,
  'docs/reference/stream-test.md': streamTestPage,
};

const PRISMA = 'operator/src/store/prisma';

const root = fileURLToPath(new URL('../../', import.meta.url));
const onlyCheck = process.argv.includes('--check');
const stale: string[] = [];

const generated = new Map([
  ...Object.entries(FROM_CONTRACT).map(([path, make]) => [path, make()] as const),
  ...[...prismaClient(join(root, PRISMA, 'schema.prisma'))].map(
    ([path, text]) => [`${PRISMA}/${path}`, text] as const,
  ),
]);
for (const [path, text] of generated) {
  if (read(join(root, path)) === text) continue;
  stale.push(path);
  if (onlyCheck) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`written: ${path}`);
}
const clientFolder = `${PRISMA}/generated`;
for (const path of existsSync(join(root, clientFolder)) ? filesBelow(root, clientFolder) : []) {
  if (generated.has(path)) continue;
  stale.push(path);
  if (onlyCheck) continue;
  rmSync(join(root, path));
  console.log(`removed: ${path}`);
}
if (onlyCheck && stale.length > 0) {
  console.error(
    `not as contract and schema make them: ${stale.join(', ')}. Run npm run generate and commit the result.`,
  );
  process.exitCode = 1;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
