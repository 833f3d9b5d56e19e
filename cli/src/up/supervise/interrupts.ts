/**
 * One Ctrl-C arrives several times: the terminal sends it to the whole foreground group, and npm and the
 * bootstrap each pass it on. Only a later one is a second key press.
 */
const ONE_KEY_PRESS_MS = 700;

/** What a request to stop asks for: an orderly stop, nothing new, or an end at once. */
export function interruptReader(): (atMs: number) => 'stop' | 'echo' | 'kill' {
  let firstMs: number | null = null;
  return (atMs) => {
    if (firstMs === null) {
      firstMs = atMs;
      return 'stop';
    }
    return atMs - firstMs < ONE_KEY_PRESS_MS ? 'echo' : 'kill';
  };
}
