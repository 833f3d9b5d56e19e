/** Something the palette offers. */
export interface Command {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** Beside the title: a state, a key. */
  readonly note?: string;
  /** Other words by which people look for it. */
  readonly aliases?: readonly string[];
  /** Only offered to who types: there are too many to read. */
  readonly onlySearched?: boolean;
}

export const MOST_FOUND = 40;

/** What fits all words of the text, in the order of the groups, the best of each first. */
export function findCommands<C extends Command>(commands: readonly C[], text: string): C[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return commands.filter(({ onlySearched }) => onlySearched !== true).slice(0, MOST_FOUND);
  }
  const groups = new Map([...new Set(commands.map(({ group }) => group))].map((group, i) => [group, i]));
  return commands
    .flatMap((command, place) => {
      const score = scoreOf(command, words);
      return score === null ? [] : [{ command, place, score }];
    })
    .sort(
      (a, b) =>
        (groups.get(a.command.group) ?? 0) - (groups.get(b.command.group) ?? 0) ||
        a.score - b.score ||
        a.place - b.place,
    )
    .slice(0, MOST_FOUND)
    .map(({ command }) => command);
}

/** Smaller is better: 0 where every word begins one of its own; null where a word is nowhere. */
function scoreOf({ title, aliases = [] }: Command, words: readonly string[]): number | null {
  const text = [title, ...aliases].join(' ').toLowerCase();
  const begins = new Set(text.split(/[\s/._-]+/));
  let score = 0;
  for (const word of words) {
    if (!text.includes(word)) return null;
    if (![...begins].some((begin) => begin.startsWith(word))) score++;
  }
  return score;
}
