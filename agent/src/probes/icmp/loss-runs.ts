/** Runs of consecutive losses (RFC 3611, 4.1, with every received packet ending a run). */
export function lossRuns(sent: number, answered: ReadonlySet<number>): { longest: number; runs: number } {
  let longest = 0;
  let runs = 0;
  let current = 0;
  for (let seq = 0; seq < sent; seq++) {
    current = answered.has(seq) ? 0 : current + 1;
    if (current === 1) runs++;
    longest = Math.max(longest, current);
  }
  return { longest, runs };
}
