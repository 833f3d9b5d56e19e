import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf, type ProcessIdentity } from './process-identity.ts';

/** One thing that a lab made outside its folder, and that has to go with it. */
export type Belonging =
  | ({ readonly kind: 'process' } & ProcessIdentity)
  /** A network namespace by the name that `ip netns` knows. */
  | { readonly kind: 'netns'; readonly name: string }
  /** A network device of the root namespace. */
  | { readonly kind: 'link'; readonly name: string }
  /** A route of the root namespace, in the words of `ip route`. */
  | { readonly kind: 'route'; readonly words: readonly string[] }
  /** A folder below a cgroup hierarchy: whatever runs in it is the lab's. */
  | { readonly kind: 'cgroup'; readonly path: string };

/** Who ends the lab: the process that started it, with its own end, or nobody until `down`. */
export type Owner = ({ readonly kind: 'process' } & ProcessIdentity) | { readonly kind: 'nobody' };

export interface LabBooks {
  readonly owner: Owner;
  /** The folder was there before, or its logs are wanted. */
  readonly keepFolder: boolean;
  readonly belongings: readonly Belonging[];
}

interface RecordLine {
  readonly owner?: Owner;
  readonly keepFolder?: boolean;
  readonly belonging?: Belonging;
}

const PREFIX = 'swlab-';
const FILE = 'lab.jsonl';

/**
 * The books of one lab: a line for each thing, written before the thing is made, so that whoever finds the folder
 * of a dead lab can take away all of it and nothing else.
 */
export class LabRecord {
  readonly dir: string;
  readonly #file: string;

  /**
   * A folder that is given stays when the lab goes. The temporary ones have short names: the path of a unix socket
   * has 107 characters.
   */
  constructor(owner: Owner, givenDir?: string) {
    this.dir = givenDir ?? mkdtempSync(join(labsFolder(), PREFIX));
    this.#file = join(this.dir, FILE);
    if (existsSync(this.#file)) throw new Error(`${this.dir} holds a lab already`);
    this.#write({ owner, keepFolder: givenDir !== undefined });
  }

  /** From now on the lab goes with this owner. */
  leaveTo(owner: Owner): void {
    this.#write({ owner });
  }

  add(belonging: Belonging): void {
    this.#write({ belonging });
  }

  /** Processes are known only once they run. */
  addProcess(pid: number): ProcessIdentity {
    const identity = identityOf(pid);
    this.add({ kind: 'process', ...identity });
    return identity;
  }

  #write(line: object): void {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }
}

export function labsFolder(): string {
  return tmpdir();
}

export function isLabFolderName(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Null where the folder holds no lab. */
export function readRecord(dir: string): LabBooks | null {
  const file = join(dir, FILE);
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n').flatMap(parseLine);
  return {
    owner: lines.findLast((line) => line.owner !== undefined)?.owner ?? { kind: 'nobody' },
    keepFolder: lines.some((line) => line.keepFolder === true),
    belongings: lines.flatMap(({ belonging }) => belonging ?? []),
  };
}

/** Forgets what is gone and leaves the folder's other files alone. */
export function closeRecord(dir: string): void {
  rmSync(join(dir, FILE), { force: true });
}

/** The last line of a crashed lab may be cut short: its thing was not made yet. */
function parseLine(line: string): RecordLine[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
