const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const REDRAW_MS = 120;
/** Without a terminal a line is written only this often: often enough to see life, seldom enough for a log. */
const PLAIN_LINE_MS = 10_000;

/**
 * Shows what is going on and for how long: one line that redraws itself on a terminal, plain lines elsewhere.
 *
 * @param {{write(text: string): unknown, isTTY?: boolean, columns?: number}} stream
 * @param {() => number} now milliseconds of a monotonic clock
 */
export function createProgress(stream, now) {
  return {
    /** @param {string} what */
    step(what) {
      const began = now();
      let note = '';
      let frame = 0;
      const line = () => `${what} … ${[note, seconds(now() - began)].filter(Boolean).join(', ')}`;
      const draw = stream.isTTY
        ? () => stream.write(`\r\x1b[2K${SPINNER[frame++ % SPINNER.length]} ${clip(line(), stream.columns)}`)
        : () => stream.write(`  ${line()}\n`);
      if (!stream.isTTY) stream.write(`  ${what} …\n`);
      const timer = setInterval(draw, stream.isTTY ? REDRAW_MS : PLAIN_LINE_MS);
      const end = (/** @type {string} */ mark, /** @type {string} */ text) => {
        clearInterval(timer);
        stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}${mark} ${text}\n`);
      };
      return {
        /** @param {string} text */
        note(text) {
          note = text;
        },
        elapsedMs: () => now() - began,
        /** @param {string} [text] what it came to, in place of the name of the step */
        done: (text = what) => end('✓', `${text} ${seconds(now() - began)}`),
        failed: () => end('✗', `${what} failed after ${seconds(now() - began)}`),
      };
    },
  };
}

/** @param {number} ms */
export function seconds(ms) {
  return ms < 9_950 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 1_000)} s`;
}

function clip(/** @type {string} */ text, columns = 80) {
  return text.length > columns - 3 ? `${text.slice(0, columns - 4)}…` : text;
}
