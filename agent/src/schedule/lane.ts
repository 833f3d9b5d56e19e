/** Work of one pace. Long work gets a lane of its own, so that it never delays short work. */
export type LaneName = 'fast' | 'slow';

/** Lets so many through at once; the others wait in line. */
export class Lane<T> {
  readonly #limit: number;
  readonly #enter: (item: T) => void;
  readonly #line = new Set<T>();
  #inside = 0;

  constructor(limit: number, enter: (item: T) => void) {
    this.#limit = limit;
    this.#enter = enter;
  }

  /** True when it went in at once. */
  join(item: T): boolean {
    if (this.#inside >= this.#limit) {
      this.#line.add(item);
      return false;
    }
    this.#inside++;
    this.#enter(item);
    return true;
  }

  /** One that was inside is done; the next in line goes in. */
  leave(): void {
    this.#inside--;
    for (const next of this.#line) {
      this.#line.delete(next);
      this.#inside++;
      this.#enter(next);
      return;
    }
  }

  /** Takes one out of the line. */
  abandon(item: T): void {
    this.#line.delete(item);
  }
}
