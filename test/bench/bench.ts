import { parseArgs } from 'node:util';
import { applyToFirstResult } from './apply-to-first-result.ts';
import { clusterFirstResult } from './cluster-first-result.ts';
import { cpuPerEcho } from './cpu-per-echo.ts';
import { type Bench, type Figure, withRatio } from './figure.ts';
import { testDetailInteractive } from './test-detail-interactive.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  'cpu-per-echo': cpuPerEcho,
  'apply-to-first-result': applyToFirstResult,
  'cluster-first-result': clusterFirstResult,
  'test-detail-interactive': testDetailInteractive,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => BENCHES[name] === undefined);
if (values.help || unknown.length > 0) {
  if (unknown.length > 0) process.stderr.write(`no such bench: ${unknown.join(', ')}\n`);
  process.stdout.write(
    `Usage: npm run bench [-- NAME...] [-- --json]\nNames: ${Object.keys(BENCHES).join(', ')}\n`,
  );
  process.exit(unknown.length > 0 ? 2 : 0);
}

const rows: Figure[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stderr.write(`measuring ${name} ...\n`);
  rows.push(...(await bench()));
}
if (values.json) {
  for (const row of rows) process.stdout.write(`${JSON.stringify(withRatio(row))}\n`);
} else {
  process.stdout.write(table(rows));
}

function table(figures: readonly Figure[]): string {
  const cells = figures.map((figure) => {
    const { ratio } = withRatio(figure);
    return [
      figure.name,
      `${round(figure.value)} ${figure.unit}`,
      figure.peer === undefined
        ? ''
        : `${figure.peer}: ${round(figure.peerValue ?? Number.NaN)} ${figure.unit}`,
      ratio === undefined ? '' : `${round(ratio)} x`,
      figure.target === undefined ? '' : `target ${figure.better === 'lower' ? '<=' : '>='} ${figure.target}`,
    ];
  });
  const widths = [0, 1, 2, 3, 4].map((i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  return cells
    .map(
      (row) =>
        `${row
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function round(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : 'n/a';
}
