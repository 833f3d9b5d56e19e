import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { helmTest, objects, type Rendered } from './helm.ts';

const CRDS = fileURLToPath(new URL('../../crds/', import.meta.url));
const POLICY = 'helm.sh/resource-policy';
const files = readdirSync(CRDS).filter((file) => file.endsWith('.yaml'));

/** As it is without the annotation that is Helm's own affair. */
function withoutPolicy(crd: Rendered): Rendered {
  const { annotations: { [POLICY]: _, ...others } = {}, ...metadata } = crd.metadata;
  return {
    ...crd,
    metadata: { ...metadata, ...(Object.keys(others).length === 0 ? {} : { annotations: others }) },
  };
}

async function crdsWith(...values: readonly string[]): Promise<Rendered[]> {
  const all = await objects(['postgres.evaluation.password=x', ...values]);
  return all.filter(({ kind }) => kind === 'CustomResourceDefinition');
}

helmTest('the chart brings the CRDs of crds/, and nothing else in them is different', async () => {
  assert.ok(files.length >= 2, `crds/ holds ${files.length} files`);
  const rendered = await crdsWith('crds.keep=false');
  const expected = files.map((file) => withoutPolicy(parse(readFileSync(join(CRDS, file), 'utf8'))));
  const byName = (a: Rendered, b: Rendered): number => (a.metadata.name < b.metadata.name ? -1 : 1);
  assert.deepEqual(rendered.sort(byName), expected.sort(byName));
});

helmTest('an uninstallation leaves them, unless told otherwise', async () => {
  for (const { metadata } of await crdsWith()) assert.equal(metadata.annotations?.[POLICY], 'keep');
  for (const { metadata } of await crdsWith('crds.keep=false')) {
    assert.equal(metadata.annotations?.[POLICY], undefined);
  }
});

helmTest('they can be left out', async () => {
  assert.deepEqual(await crdsWith('crds.enabled=false'), []);
});
