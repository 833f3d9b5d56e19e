import { join } from 'node:path';
import { repeatFilter } from './repeat-filter.ts';
import { type LineLog, openRotatingFile } from './rotating-file.ts';

const REMEMBERED_LINES = 15;

/** What a child says: everything to its file, warnings to the terminal, the last lines for the story of its death. */
export interface ChildLog {
  onLine(line: string): void;
  lastLines(): readonly string[];
  close(): void;
}

export function childLog({
  name,
  folder,
  warning,
  say,
  now,
}: {
  name: string;
  folder: string;
  warning(line: string): string | null;
  say(line: string): void;
  /** Monotonic clock, ms. */
  now(): number;
}): ChildLog {
  const file: LineLog = openRotatingFile(join(folder, `${name}.log`));
  const last: string[] = [];
  const isNews = repeatFilter(now);
  return {
    onLine(line) {
      file.write(line);
      last.push(line);
      if (last.length > REMEMBERED_LINES) last.shift();
      const shown = warning(line);
      if (shown !== null && isNews(shown)) say(`${name}: ${shown}`);
    },
    lastLines: () => last,
    close: () => file.close(),
  };
}
