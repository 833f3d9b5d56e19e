// `npm run prove [-- NAME...] [-- --seed N --short]`: the long proofs. Prints their figures; those of a long run are
// kept in docs/proofs/NAME.md with date and machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { figureRows } from './figure-rows.ts';
import { proofPage } from './proof-page.ts';
import { PROOFS } from './proofs.ts';

const KEPT = new URL('../../docs/proofs/', import.meta.url);

const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string' },
    short: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => PROOFS[name] === undefined);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
if (values.help || unknown.length > 0 || !Number.isSafeInteger(seed)) {
  if (unknown.length > 0) process.stderr.write(`no such proof: ${unknown.join(', ')}\n`);
  const names = Object.entries(PROOFS).map(([name, { claim }]) => `  ${name.padEnd(18)} ${claim}`);
  process.stdout.write(`Usage: npm run prove [-- NAME...] [-- --seed N --short]\n${names.join('\n')}\n`);
  process.exit(values.help ? 0 : 2);
}

for (const [name, proof] of Object.entries(PROOFS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stderr.write(`proving ${name}: ${proof.claim}\n`);
  const startedMs = performance.now();
  const figures = await proof.run({ short: values.short, seed });
  const seconds = (performance.now() - startedMs) / 1_000;
  for (const [label, value] of figureRows(figures))
    process.stdout.write(`${name}  ${label.padEnd(40)} ${value}\n`);
  if (values.short) continue;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(new URL(`${name}.md`, KEPT), proofPage({ name, claim: proof.claim, figures, seed, seconds }));
}
