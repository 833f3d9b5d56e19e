import type { TestSummary } from '@streamswarm/contract/wire/views';
import type { GlyphName } from '../../components/shell/glyph.tsx';

type Facts = Pick<
  TestSummary,
  'uid' | 'namespace' | 'name' | 'state' | 'books' | 'agents' | 'lastResultTime'
>;

/** Whether something of a test is wrong now: it failed, its books do not close, or agents of it are silent. */
export function isWrong({ state, books, agents, lastResultTime }: Facts): boolean {
  if (state === 'Failed' || books.unaccounted > 0) return true;
  // Before the first result nobody has reported yet, and nothing is wrong with that.
  return state === 'Running' && lastResultTime !== null && agents.reporting < agents.assigned;
}

export function stateGlyph(test: Facts): GlyphName {
  if (test.state === 'Failed') return 'refused';
  if (isWrong(test)) return 'wrong';
  const glyphs = {
    Pending: 'pending',
    Scheduled: 'scheduled',
    Running: 'running',
    Suspended: 'suspended',
    Complete: 'complete',
  } as const;
  return glyphs[test.state];
}
