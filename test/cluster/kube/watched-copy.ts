import type { KubeObject } from '@streamswarm/operator/kube/objects';
import type { Change, WatchCache } from '@streamswarm/operator/kube/watch-cache';

/** Name, UID and resourceVersion of each object, in order: what must be equal. */
export function fingerprint(objects: readonly KubeObject[]): string {
  return objects
    .map(
      ({ metadata }) => `${metadata.namespace}/${metadata.name} ${metadata.uid} ${metadata.resourceVersion}`,
    )
    .sort()
    .join('\n');
}

/** What somebody knows who hears only the changes of a cache; complains of each that cannot be. */
export class WatchedCopy {
  readonly #objects = new Map<string, KubeObject>();
  readonly #kind: string;
  readonly wrong: string[] = [];
  changes = 0;

  constructor(cache: WatchCache<KubeObject>, kind: string) {
    this.#kind = kind;
    cache.onChange((change) => this.#take(change));
  }

  list(): KubeObject[] {
    return [...this.#objects.values()];
  }

  #take({ type, object, before }: Change<KubeObject>): void {
    this.changes++;
    const { uid, name, resourceVersion } = object.metadata;
    const known = this.#objects.get(uid);
    const twin = this.list().find((other) => other.metadata.name === name && other.metadata.uid !== uid);
    const what = `${type} ${name} ${uid} ${resourceVersion}`;
    if (object.kind !== this.#kind) this.wrong.push(`${what}: is no ${this.#kind}`);
    if (!Object.isFrozen(object.metadata)) this.wrong.push(`${what}: not frozen`);
    if (type === 'added' && known !== undefined) this.wrong.push(`${what}: was there`);
    if (type === 'added' && before !== null) this.wrong.push(`${what}: says that it was there`);
    if (type !== 'added' && known === undefined) this.wrong.push(`${what}: was not there`);
    if (type !== 'added' && before !== known) this.wrong.push(`${what}: before is not what was last heard`);
    if (type !== 'deleted' && twin !== undefined) this.wrong.push(`${what}: its predecessor was not deleted`);
    if (type === 'deleted') this.#objects.delete(uid);
    else this.#objects.set(uid, object);
  }
}
