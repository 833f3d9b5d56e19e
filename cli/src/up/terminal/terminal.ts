export interface Terminal {
  /** One line of its own. */
  say(line: string): void;
  warn(line: string): void;
  box(lines: readonly string[]): void;
  step(doing: string): Step;
}

export interface Step {
  done(text: string): void;
  failed(): void;
}

interface Output {
  write(text: string): unknown;
}

/** Long enough that a usual start says nothing, short enough that nobody thinks it hangs. */
const STILL_AT_IT_MS = 10_000;

/** What a person sees while it starts and runs: one line for each thing that happened, with seconds. */
export function createTerminal(output: Output, now: () => number): Terminal {
  const line = (text: string): void => void output.write(`${text}\n`);
  return {
    say: line,
    warn: (text) => line(`! ${text}`),
    box: (lines) => {
      for (const text of boxed(lines)) line(text);
    },
    step(doing) {
      const began = now();
      const elapsed = (): string => `${((now() - began) / 1_000).toFixed(1)} s`;
      const timer = setInterval(() => line(`  ${doing} … ${elapsed()}`), STILL_AT_IT_MS);
      return {
        done(text) {
          clearInterval(timer);
          line(`✓ ${text} ${elapsed()}`);
        },
        failed() {
          clearInterval(timer);
          line(`✗ ${doing} failed after ${elapsed()}`);
        },
      };
    },
  };
}

export function boxed(lines: readonly string[]): string[] {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '─'.repeat(width + 4);
  return [`╭${edge}╮`, ...lines.map((line) => `│  ${line.padEnd(width)}  │`), `╰${edge}╯`];
}
