import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CHART, helm, helmTest, template } from './helm.ts';
import { goldenFile, RENDERS } from './renders.ts';

for (const [name, values] of Object.entries(RENDERS)) {
  helmTest(`the chart renders as golden/${name} says`, async () => {
    const result = await template(values);
    assert.ok('text' in result, 'refused' in result ? result.refused : '');
    const hint = 'if the change is wanted: node test/charts/update-golden.ts, and read the difference';
    assert.equal(result.text, readFileSync(goldenFile(name), 'utf8'), hint);
  });
}

helmTest('helm lint finds nothing', async () => {
  const { code, stdout, stderr } = await helm(['lint', '--strict', CHART]);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /1 chart\(s\) linted, 0 chart\(s\) failed/);
});
