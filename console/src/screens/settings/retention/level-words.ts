import type { ResultLevel } from '@streamswarm/contract/wire/views';

/** What a level is called, and what is in it. */
export const LEVEL_WORDS: Readonly<Record<ResultLevel, { readonly name: string; readonly what: string }>> = {
  raw: { name: 'Samples', what: 'every measurement as it was taken, and what scripts submitted' },
  '1m': { name: 'Minutes', what: 'totals of a minute, and the books slot by slot' },
  '10m': { name: '10 minutes', what: 'totals of 10 minutes' },
  '1h': { name: 'Hours', what: 'totals of an hour: nothing coarser is kept' },
};
