import type { Logger } from 'pino';
import type { Change } from './object-set.ts';
import type { KubeObject } from './objects.ts';

export type ChangeHandler<T extends KubeObject> = (change: Change<T>) => void;

/** Who is told of the changes of a cache. What a handler throws is logged and harms nobody else. */
export class ChangeListeners<T extends KubeObject> {
  readonly #handlers = new Set<ChangeHandler<T>>();
  readonly #path: string;
  readonly #logger: Logger;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** Tells the present objects as added at once; the result unsubscribes. */
  add(handler: ChangeHandler<T>, present: readonly T[]): () => void {
    this.#handlers.add(handler);
    for (const object of present) this.#tellOne(handler, { type: 'added', object, before: null });
    return () => void this.#handlers.delete(handler);
  }

  tell(changes: readonly Change<T>[]): void {
    // A handler that comes while we tell has been given the present objects, which are past these changes.
    const present = [...this.#handlers];
    for (const change of changes)
      for (const handler of present) if (this.#handlers.has(handler)) this.#tellOne(handler, change);
  }

  clear(): void {
    this.#handlers.clear();
  }

  #tellOne(handler: ChangeHandler<T>, change: Change<T>): void {
    try {
      handler(change);
    } catch (error) {
      const { name, namespace } = change.object.metadata;
      this.#logger.error(
        { err: error, path: this.#path, type: change.type, namespace, name },
        'a handler of changes failed',
      );
    }
  }
}
