import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';

/** A manifest beside this file and what is expected of it: g is good, b is bad. */
export interface Expected {
  readonly name: string;
  readonly file: string;
  readonly manifest: unknown;
  /** Null for a good one. */
  readonly refusal: {
    /** Where checkStreamTest points; the API server points there or, where CEL has no index, above it. */
    readonly path: string;
    /** What must be said, by checkStreamTest and by the API server (which has words of its own for types). */
    readonly check: string;
    readonly server: string;
  } | null;
}

/** Every manifest of this folder. A bad one begins with comments: path, and says (or check and server). */
export function readManifests(): Expected[] {
  const folder = import.meta.dirname;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((file) => read(join(folder, file)));
}

function read(file: string): Expected {
  const text = readFileSync(file, 'utf8');
  const name = basename(file, '.yaml');
  const comment = (key: string): string | undefined => new RegExp(`^# ${key}: (.*)$`, 'm').exec(text)?.[1];
  const [path, says] = [comment('path'), comment('says')];
  const [check, server] = [comment('check') ?? says, comment('server') ?? says];
  const told = path !== undefined && check !== undefined && server !== undefined;
  if (told !== name.startsWith('b')) throw new Error(`${file} is named ${name[0]} and says otherwise`);
  return { name, file, manifest: parse(text), refusal: told ? { path, check, server } : null };
}

/** `spec.a[1].b` and all that it lies in: `spec.a[1]`, `spec.a`, `spec`. */
export function pathAndAbove(path: string): string[] {
  const above = path.replace(/(\.[^.[]+|\[[0-9]+\])$/, '');
  return above === path ? [path] : [path, ...pathAndAbove(above)];
}
