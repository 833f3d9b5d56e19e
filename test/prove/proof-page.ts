import { cpus, release, totalmem } from 'node:os';
import { figureRows } from './figure-rows.ts';

export interface ProofResult {
  readonly name: string;
  readonly claim: string;
  readonly figures: unknown;
  readonly seed: number;
  readonly seconds: number;
}

/** A page of docs/proofs. */
export function proofPage({ name, claim, figures, seed, seconds }: ProofResult): string {
  const rows = figureRows(figures).map(([label, value]) => `| ${label} | ${value.replaceAll('|', '\\|')} |`);
  const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`;
  return [
    `# ${name}`,
    '',
    claim,
    '',
    `Run by \`npm run prove -- ${name} --seed ${seed}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}, shared with others; ${Math.round(seconds)} s.`,
    '',
    '| figure | value |',
    '| --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
