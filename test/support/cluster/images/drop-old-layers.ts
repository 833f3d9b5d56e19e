import { buildah } from './buildah.ts';

const KEPT_MS = 7 * 86_400_000;

/** Removes layers of builds that are a week old and no tag names: the store would grow with every edit. */
export async function dropOldLayers(nowMs: number): Promise<void> {
  const said = await buildah(
    'images',
    '--all',
    '--no-trunc',
    '--format',
    '{{.ID}}|{{.Name}}|{{.CreatedAtRaw}}',
  );
  for (const id of untaggedBefore(said, nowMs - KEPT_MS)) {
    // One that a newer image stands on is refused, and stays.
    await buildah('rmi', id).catch(() => undefined);
  }
}

/** Go prints a time as `2026-11-24 17:18:06.092163741 +0000 UTC`. */
export function untaggedBefore(listing: string, beforeMs: number): string[] {
  return listing
    .split('\n')
    .map((line) => line.split('|'))
    .filter(([, name, created = '']) => {
      const [day, time = ''] = created.split(' ');
      return name === '<none>' && Date.parse(`${day}T${time.slice(0, 12)}Z`) < beforeMs;
    })
    .flatMap(([id]) => id ?? []);
}
