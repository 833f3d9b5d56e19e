// node test/charts/update-golden.ts: renders the chart anew into golden/; read the difference before it is committed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { template } from './helm.ts';
import { goldenFile, RENDERS } from './renders.ts';

for (const [name, values] of Object.entries(RENDERS)) {
  const result = await template(values);
  if ('refused' in result) throw new Error(`${name}: ${result.refused}`);
  mkdirSync(dirname(goldenFile(name)), { recursive: true });
  writeFileSync(goldenFile(name), result.text);
}
