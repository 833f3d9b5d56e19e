// `npm run generate` writes what is made from the contract; with --check it only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartCrd } from './chart-crds.ts';
import { streamAgentCrd } from './crd/stream-agent-crd.ts';
import { streamTestCrd } from './crd/stream-test-crd.ts';
import { guideFieldsPage } from './guide-fields-page.ts';
import { probesPage } from './probes-page.ts';
import { statusPage } from './status-page.ts';
import { streamTestPage } from './stream-test-page.ts';

/** Path below the root of the repository, and what has to stand there. */
const GENERATED: Readonly<Record<string, () => string>> = {
  'charts/streamswarm/templates/crds/streamagents.yaml': () => chartCrd(streamAgentCrd()),
  'charts/streamswarm/templates/crds/streamtests.yaml': () => chartCrd(streamTestCrd()),
  'crds/streamagents.streamswarm.dev.yaml': streamAgentCrd,
  'crds/streamtests.streamswarm.dev.yaml': streamTestCrd,
  'docs/reference/guide-fields.md': guideFieldsPage,
  'docs/reference/probes.md': probesPage,
  'docs/reference/status.md': statusPage,
  'docs/reference/stream-test.md': streamTestPage,
};

const root = fileURLToPath(new URL('../../', import.meta.url));
const onlyCheck = process.argv.includes('--check');
const stale: string[] = [];

for (const [path, make] of Object.entries(GENERATED)) {
  const text = make();
  if (read(join(root, path)) === text) continue;
  stale.push(path);
  if (onlyCheck) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(`written: ${path}`);
}
if (onlyCheck && stale.length > 0) {
  console.error(
    `not as the contract makes them: ${stale.join(', ')}. Run npm run generate and commit the result.`,
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
