import { clear, createStore, delMany, entries, get, set } from 'idb-keyval';

/** An answer of the operator, with when it came by this browser's clock. */
export interface Remembered {
  readonly data: unknown;
  readonly atMs: number;
}

/** Older answers say nothing of a network any more. */
export const KEPT_MS = 86_400_000;
/** One answer is written so often at most: they come every few seconds, and a page load needs the last only. */
const WRITE_EVERY_MS = 5_000;

const writtenAt = new Map<string, number>();
let opened: ReturnType<typeof createStore> | undefined;
const store = () => (opened ??= createStore('streamswarm', 'answers'));

/** Keeps the last good answer under the hash of its query. Where a browser keeps nothing, nothing is kept. */
export async function remember(key: string, { data, atMs }: Remembered): Promise<void> {
  if (atMs - (writtenAt.get(key) ?? 0) < WRITE_EVERY_MS) return;
  writtenAt.set(key, atMs);
  await set(key, { data, atMs } satisfies Remembered, store()).catch(() => undefined);
}

/** The last good answer of a query, at most a day old; null where there is none. */
export async function recall(key: string, nowMs: number): Promise<Remembered | null> {
  const found = await get<Remembered>(key, store()).catch(() => undefined);
  return found !== undefined && nowMs - found.atMs < KEPT_MS ? found : null;
}

/** Drops what is too old to be shown. */
export async function dropOld(nowMs: number): Promise<void> {
  const all = await entries<string, Remembered>(store()).catch(() => []);
  const old = all.flatMap(([key, { atMs }]) => (nowMs - atMs < KEPT_MS ? [] : [key]));
  await delMany(old, store()).catch(() => undefined);
}

/** What one login has read is not for the next. */
export async function forgetAll(): Promise<void> {
  writtenAt.clear();
  await clear(store()).catch(() => undefined);
}
