/** Who a batch is, which is also its file name: batches are ordered by (epoch, seq). */
export interface BatchName {
  /** Start of the agent that cut it. */
  readonly epoch: number;
  readonly seq: number;
}

const NAME = /^([0-9]{1,16})-([0-9]{1,16})\.batch$/;

export function batchFileName({ epoch, seq }: BatchName): string {
  return `${epoch}-${seq}.batch`;
}

/** The batch that a file name stands for, or null for other files. */
export function parseBatchFileName(name: string): BatchName | null {
  const match = NAME.exec(name);
  return match === null ? null : { epoch: Number(match[1]), seq: Number(match[2]) };
}

export function compareBatches(a: BatchName, b: BatchName): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}
