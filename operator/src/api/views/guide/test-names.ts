import { guideName } from '../../../guide/guide-manifest.ts';
import type { GuideApiServices } from './find-guide.ts';

/** Numbers and names of tests by UID; a test that was deleted keeps only its number, and is left out. */
export async function testNames(
  { guide, tests }: GuideApiServices,
  uids: readonly string[],
): Promise<Map<string, { readonly id: number; readonly name: string }>> {
  const wanted = new Set(uids);
  if (wanted.size === 0) return new Map();
  const [ids, all] = await Promise.all([guide.store.testIds([...wanted]), tests.list()]);
  return new Map(
    all.flatMap(({ uid, manifest }) => {
      const id = wanted.has(uid) ? ids.get(uid) : undefined;
      return id === undefined ? [] : [[uid, { id, name: guideName(manifest) }] as const];
    }),
  );
}
