export interface DiffLine {
  /** Of both texts, only of the old one, or only of the new one. */
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What became of each line: the fewest removed and added ones that lead from one text to the other. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, next] = [linesOf(before), linesOf(after)];
  const longest = commonLengths(old, next);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    const isSame = i < old.length && old[i] === next[j];
    const [withoutOld = 0, withoutNext = 0] = [longest[i + 1]?.[j], longest[i]?.[j + 1]];
    if (isSame) {
      lines.push({ kind: 'same', text: old[i] ?? '' });
      i++;
      j++;
    } else if (i < old.length && (j === next.length || withoutOld >= withoutNext)) {
      lines.push({ kind: 'removed', text: old[i++] ?? '' });
    } else {
      lines.push({ kind: 'added', text: next[j++] ?? '' });
    }
  }
  return lines;
}

/** Length of the longest common sequence of the lines from i and from j on. */
function commonLengths(old: readonly string[], next: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        old[i] === next[j]
          ? (table[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

const AROUND = 3;

/** A part of a diff: lines to show, or how many equal ones are left out. */
export type DiffPart = readonly DiffLine[] | number;

/** The changes with a few lines around them; longer stretches of equal lines are left out. */
export function changedParts(lines: readonly DiffLine[]): DiffPart[] {
  const isShown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const parts: (DiffLine[] | number)[] = [];
  lines.forEach((line, at) => {
    const last = parts.at(-1);
    if (isShown[at]) {
      if (Array.isArray(last)) last.push(line);
      else parts.push([line]);
    } else if (typeof last === 'number') parts[parts.length - 1] = last + 1;
    else parts.push(1);
  });
  return parts;
}
