import { freezeObject } from './freeze-object.ts';
import type { KubeObject } from './objects.ts';
import type { WatchEvent } from './watch-request.ts';

export interface Change<T extends KubeObject> {
  readonly type: 'added' | 'changed' | 'deleted';
  /** For a deletion the last state that is known. */
  readonly object: T;
  /** What the cache held; null for an addition. */
  readonly before: T | null;
}

/** The objects of a cache by name and by UID. Pure: each step says what it changed. */
export class ObjectSet<T extends KubeObject> {
  #byName = new Map<string, T>();
  #byUid = new Map<string, T>();

  get(namespace: string | undefined, name: string): T | null {
    return this.#byName.get(nameKey(namespace, name)) ?? null;
  }

  getByUid(uid: string): T | null {
    return this.#byUid.get(uid) ?? null;
  }

  list(): T[] {
    return [...this.#byName.values()];
  }

  get size(): number {
    return this.#byName.size;
  }

  /** One event of a watch. */
  take({ type, object }: WatchEvent<T>): Change<T>[] {
    const key = keyOf(object);
    const before = this.#byName.get(key);
    if (type === 'DELETED') {
      if (before === undefined) return [];
      this.#drop(key, before);
      // Of an object that was replaced unseen, our last state is all we know.
      const last = before.metadata.uid === object.metadata.uid ? freezeObject(object) : before;
      return [{ type: 'deleted', object: last, before }];
    }
    return this.#put(key, object, before);
  }

  /** A whole list: what is not in it has been deleted, what has another UID was deleted and made anew. */
  replace(objects: readonly T[]): Change<T>[] {
    const listed = new Set(objects.map(keyOf));
    const deleted: Change<T>[] = [];
    for (const [key, before] of this.#byName) {
      if (listed.has(key)) continue;
      this.#drop(key, before);
      deleted.push({ type: 'deleted', object: before, before });
    }
    const put = objects.flatMap((object) =>
      this.#put(keyOf(object), object, this.#byName.get(keyOf(object))),
    );
    return [...deleted, ...put];
  }

  #put(key: string, object: T, before: T | undefined): Change<T>[] {
    if (before !== undefined && before.metadata.uid === object.metadata.uid) {
      if (before.metadata.resourceVersion === object.metadata.resourceVersion) return [];
      const changed = this.#keep(key, object);
      return [{ type: 'changed', object: changed, before }];
    }
    if (before !== undefined) this.#drop(key, before);
    const added = this.#keep(key, object);
    const addition: Change<T> = { type: 'added', object: added, before: null };
    return before === undefined ? [addition] : [{ type: 'deleted', object: before, before }, addition];
  }

  #keep(key: string, object: T): T {
    const frozen = freezeObject(object);
    this.#byName.set(key, frozen);
    this.#byUid.set(frozen.metadata.uid, frozen);
    return frozen;
  }

  #drop(key: string, object: T): void {
    this.#byName.delete(key);
    this.#byUid.delete(object.metadata.uid);
  }
}

function keyOf({ metadata }: KubeObject): string {
  return nameKey(metadata.namespace, metadata.name);
}

/** No name of Kubernetes has a slash. */
function nameKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}
