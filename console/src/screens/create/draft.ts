const KEY = 'streamswarm.draft';

/** The draft of this tab, or null; it never stands in the address. */
export function readDraft(): string | null {
  return sessionStorage.getItem(KEY);
}

export function keepDraft(text: string): void {
  sessionStorage.setItem(KEY, text);
}

export function dropDraft(): void {
  sessionStorage.removeItem(KEY);
}
