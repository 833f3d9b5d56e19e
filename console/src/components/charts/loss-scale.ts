const TOPS = [0.01, 0.02, 0.04, 0.1, 0.25, 0.5, 1] as const;

/** Top of a loss lane: the first round share that holds the largest loss. */
export function lossTop(sent: readonly number[], lost: readonly number[]): number {
  const largest = sent.reduce(
    (max, packets, i) => (packets > 0 ? Math.max(max, (lost[i] ?? 0) / packets) : max),
    0,
  );
  return TOPS.find((top) => largest <= top) ?? 1;
}

/** Classes of the heat strip by share lost: 0, under 0.1 %, 0.5 %, 1.5 %, above. */
export function lossClass(sent: number, lost: number): 0 | 1 | 2 | 3 | 4 {
  if (sent === 0 || lost === 0) return 0;
  const share = lost / sent;
  return share < 0.001 ? 1 : share < 0.005 ? 2 : share < 0.015 ? 3 : 4;
}

/** What a step of the heat strip shows; `none` is a step without any sample. */
export type StripClass = ReturnType<typeof lossClass> | 'none';

export interface StripRun {
  readonly first: number;
  readonly end: number;
  readonly kind: StripClass;
}

/** The row of one agent as runs of equal steps; steps before its first sample are left out. */
export function stripRuns(sent: readonly number[], lost: readonly number[], young: number): StripRun[] {
  const begin = sent.findIndex((packets) => packets > 0);
  if (begin < 0) return [];
  const last = sent.findLastIndex((packets) => packets > 0);
  const end = sent.length - 1 - last > young ? sent.length : last + 1;
  const runs: { first: number; end: number; kind: StripClass }[] = [];
  for (let i = begin; i < end; i++) {
    const packets = sent[i] ?? 0;
    const kind = packets === 0 ? 'none' : lossClass(packets, lost[i] ?? 0);
    const run = runs.at(-1);
    if (run?.kind === kind) run.end = i + 1;
    else runs.push({ first: i, end: i + 1, kind });
  }
  return runs;
}
