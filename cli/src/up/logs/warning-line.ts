/** Levels of pino (numbers) from which a line also goes to the terminal. */
const WARN = 40;
const NAMES: readonly (readonly [number, string])[] = [
  [60, 'fatal'],
  [50, 'error'],
  [WARN, 'warning'],
];
const SHOWN_CHARACTERS = 300;

/** One line for the terminal out of a line that a program of ours logged, or null where it is routine. */
export function programWarning(line: string): string | null {
  const record = parsePino(line);
  // What is not a record comes from the runtime itself: a crash tells its reason there.
  if (record === null) return line.trim() === '' ? null : clip(line);
  const name = NAMES.find(([level]) => record.level >= level)?.[1];
  if (name === undefined) return null;
  const reason = record.err?.message ?? null;
  return clip(`${name}: ${record.msg}${reason === null || record.msg.includes(reason) ? '' : `: ${reason}`}`);
}

/**
 * One line for the terminal out of a line that Postgres logged, or null. Errors of statements are told by the
 * program that sent them; connections refused while it starts or stops are part of starting and stopping.
 */
export function postgresWarning(line: string): string | null {
  const found = /\b(FATAL|PANIC):\s+(.*)$/.exec(line);
  if (found === null) return null;
  const [, level, message] = found as unknown as [string, string, string];
  const routine = /database system is|administrator command|password authentication|terminating connection/;
  return level === 'FATAL' && routine.test(message) ? null : clip(`${level.toLowerCase()}: ${message}`);
}

interface PinoRecord {
  readonly level: number;
  readonly msg: string;
  readonly err?: { readonly message?: string };
}

function parsePino(line: string): PinoRecord | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    const record = value as Partial<PinoRecord>;
    return typeof record.level === 'number' ? { msg: '', ...record, level: record.level } : null;
  } catch {
    return null;
  }
}

function clip(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
