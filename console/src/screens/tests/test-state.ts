import type { TestSummary } from '@streamswarm/contract/wire/views';
import type { GlyphName } from '../../components/shell/glyph.tsx';

type Facts = Pick<
  TestSummary,
  'uid' | 'namespace' | 'name' | 'state' | 'books' | 'agents' | 'lastResultTime' | 'problems'
>;

/** Whether something of a test is wrong now: it failed, its books do not close, or agents of it are silent. */
export function isWrong({ state, books, agents, lastResultTime }: Facts): boolean {
  if (state === 'Failed' || books.unaccounted > 0) return true;
  // Before the first result nobody has reported yet, and nothing is wrong with that.
  return state === 'Running' && lastResultTime !== null && agents.reporting < agents.assigned;
}

/** Whether something stands in its way, in part or until agents come. */
export function isLimited({ problems }: Pick<Facts, 'problems'>): boolean {
  return problems.length > 0;
}

export function stateGlyph(test: Facts): GlyphName {
  if (test.state === 'Failed') return 'refused';
  if (isWrong(test)) return 'wrong';
  if (test.state === 'Running' && isLimited(test)) return 'limited';
  const glyphs = {
    Pending: 'pending',
    Scheduled: 'scheduled',
    Running: 'running',
    Suspended: 'suspended',
    Complete: 'complete',
  } as const;
  return glyphs[test.state];
}

/** Whether a run is going: a test that can measure nothing has one, too. */
export function hasRunGoing({ state, run }: Pick<TestSummary, 'state' | 'run'>): boolean {
  return state === 'Running' || (state === 'Failed' && run !== null && run.result === null);
}
