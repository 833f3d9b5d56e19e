// What goes into the images, as plain JavaScript: node build/images.ts [--out DIR] [--without-console]
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildAgent, buildOperator } from './program-images.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'dist', 'images') },
    'without-console': { type: 'boolean', default: false },
  },
});

await buildAgent({ root, folder: join(values.out, 'agent'), arch: process.arch });
await buildOperator({
  root,
  folder: join(values.out, 'operator'),
  withoutConsole: values['without-console'],
});
console.log(`built: ${values.out}`);
