/** An assignment of 20,000 spans is about 6 MB; a line that never ends must not fill the memory. */
const LONGEST_LINE = 32 * 1024 * 1024;

/** The lines of a stream of UTF-8, without their ends; empty ones are left out. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const pieces = decoder.decode(chunk, { stream: true }).split('\n');
    const last = pieces.pop() ?? '';
    for (const piece of pieces) {
      const line = parts.length === 0 ? piece : parts.join('') + piece;
      parts = [];
      length = 0;
      if (line !== '') yield line;
    }
    if (last !== '') parts.push(last);
    length += last.length;
    if (length > LONGEST_LINE)
      throw new Error(`a line of the plan stream is longer than ${LONGEST_LINE} characters`);
  }
}
