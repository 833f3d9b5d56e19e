import { keptFrom, type RetentionDays, type RetentionView } from '@streamswarm/contract/wire/retention';
import { RESULT_LEVELS, type ResultLevel } from '@streamswarm/contract/wire/views';
import { LEVEL_WORDS } from './level-words.ts';

export interface Effect {
  readonly level: ResultLevel;
  readonly deletes: boolean;
  readonly text: string;
}

/** What saving other days does to what is stored now, for each level that changes. */
export function effectsOf({ days, stored }: RetentionView, next: RetentionDays, nowMs: number): Effect[] {
  return RESULT_LEVELS.filter((level) => next[level] !== days[level]).map((level) => {
    const { name } = LEVEL_WORDS[level];
    const { from } = stored[level];
    if (next[level] > days[level]) {
      const text = `${name}: kept longer from now on. What was deleted before does not come back.`;
      return { level, deletes: false, text };
    }
    const cut = keptFrom(level, next[level], nowMs);
    if (from === null || Date.parse(from) >= cut) {
      return {
        level,
        deletes: false,
        text: `${name}: nothing that is stored is from before ${utcDay(cut)}.`,
      };
    }
    const until = utcDay(cut);
    return {
      level,
      deletes: true,
      text: `${name}: all from ${utcDay(Date.parse(from))} until ${until} is deleted.`,
    };
  });
}

/** Days and months go by UTC. */
export function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
