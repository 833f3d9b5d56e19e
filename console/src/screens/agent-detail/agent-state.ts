import type { Accounting } from '@streamswarm/contract/wire/books';
import type { AgentView } from '@streamswarm/contract/wire/views';
import type { GlyphName } from '../../components/shell/glyph.tsx';

export interface AgentState {
  readonly word: 'Online' | 'Offline' | 'Suspended' | 'Revoked' | 'Gone';
  readonly glyph: GlyphName;
  /** Whether that is wrong now, and not what a person chose. */
  readonly wrong: boolean;
}

/** The one word for an agent: what was taken away is not offline, and what is offline is not suspended only. */
export function agentState({
  gone,
  revokedAt,
  online,
  suspended,
}: Pick<AgentView, 'gone' | 'revokedAt' | 'online' | 'suspended'>): AgentState {
  if (revokedAt != null) return { word: 'Revoked', glyph: 'refused', wrong: false };
  if (gone) return { word: 'Gone', glyph: 'offline', wrong: false };
  if (!online) return { word: 'Offline', glyph: 'offline', wrong: true };
  return suspended
    ? { word: 'Suspended', glyph: 'suspended', wrong: false }
    : { word: 'Online', glyph: 'online', wrong: false };
}

type Counts = Pick<Accounting, 'scheduled' | 'ok' | 'lost' | 'error' | 'pending'>;

/** The slots of the range in words, what went wrong first; null where nothing was due or all is well. */
export function troubleOf(books: Counts | undefined): string | null {
  if (books === undefined) return null;
  const due = books.scheduled - books.pending;
  const parts = [
    books.lost > 0 ? `${books.lost.toLocaleString('en')} lost` : null,
    books.error > 0 ? `${books.error.toLocaleString('en')} in error` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `${parts.join(', ')} of ${due.toLocaleString('en')} slots`;
}
