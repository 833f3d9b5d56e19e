/** One line of the bench table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** What it stands beside, measured in the same run. */
  readonly peer?: string;
  readonly peerValue?: number;
  readonly target?: number;
}

export type Bench = () => Promise<Figure[]>;

/** The figure as it is printed: with its ratio to the peer. */
export function withRatio(figure: Figure): Figure & { ratio?: number } {
  return figure.peerValue === undefined || figure.peerValue === 0
    ? figure
    : { ...figure, ratio: figure.value / figure.peerValue };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1] ?? Number.NaN;
}
