import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface LineLog {
  write(line: string): void;
  close(): void;
}

export interface RotationLimits {
  readonly maxBytes: number;
  /** Older files beside the current one: FILE.1 is the youngest of them. */
  readonly keep: number;
}

const LIMITS: RotationLimits = { maxBytes: 10_000_000, keep: 2 };

/** A log file that never grows beyond its size. A full disk loses lines, not the process that writes them. */
export function openRotatingFile(file: string, { maxBytes, keep }: RotationLimits = LIMITS): LineLog {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let fd = openSync(file, 'a', 0o600);
  let bytes = statSync(file).size;

  const rotate = (): void => {
    closeSync(fd);
    rmSync(`${file}.${keep}`, { force: true });
    for (let i = keep - 1; i >= 1; i--) renameIfThere(`${file}.${i}`, `${file}.${i + 1}`);
    renameIfThere(file, `${file}.1`);
    fd = openSync(file, 'a', 0o600);
    bytes = 0;
  };
  return {
    write(line) {
      try {
        if (bytes >= maxBytes) rotate();
        bytes += writeSync(fd, `${line}\n`);
      } catch {
        // ENOSPC and the like: nothing better can be done with a line.
      }
    },
    close: () => closeSync(fd),
  };
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // There were fewer files than may be kept.
  }
}
