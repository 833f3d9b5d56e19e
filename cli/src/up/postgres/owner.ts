import { readFileSync, statSync } from 'node:fs';

/** User and group that a process runs as; null where it runs as we do. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Every Unix has this number for "nobody in particular"; it needs no entry in /etc/passwd. */
const NOBODY: Owner = { uid: 65_534, gid: 65_534 };

/** Postgres refuses to run as root. Its data stay with the user that owns them, whoever is in /etc/passwd later. */
export function postgresOwner(dataDir: string): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const present = statSync(dataDir, { throwIfNoEntry: false });
  if (present !== undefined && present.uid !== 0) return { uid: present.uid, gid: present.gid };
  return passwdEntry(readPasswd(), 'postgres') ?? NOBODY;
}

/** User and group of a name in the text of /etc/passwd (passwd(5)), or null. */
export function passwdEntry(text: string, name: string): Owner | null {
  const fields = text
    .split('\n')
    .map((line) => line.split(':'))
    .find(([entry]) => entry === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return fields !== undefined && uid > 0 && gid > 0 ? { uid, gid } : null;
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
