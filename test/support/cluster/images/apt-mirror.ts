import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const APT = '/etc/apt';
const DEFAULT_MIRROR = 'http://deb.debian.org/debian';

/** The Debian mirror that this machine's own apt uses: the one that is sure to be reachable. */
export function aptMirror(): string {
  const parts = join(APT, 'sources.list.d');
  const files = [
    join(APT, 'sources.list'),
    ...(existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : []),
  ];
  return debianMirrorIn(files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8')));
}

/** Reads both forms: `deb URL suite ...` lines and deb822 `URIs:` fields. Security and third parties do not count. */
export function debianMirrorIn(sources: readonly string[]): string {
  const urls = sources
    .flatMap((text) => text.split('\n'))
    .flatMap((line) => /^(?:deb\s+(?:\[[^\]]*\]\s*)?|URIs:\s*)(\S+)/.exec(line)?.[1] ?? [])
    .map((url) => url.replace(/\/+$/, ''));
  return urls.find((url) => url.endsWith('/debian')) ?? DEFAULT_MIRROR;
}
