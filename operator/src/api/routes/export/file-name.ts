/** Of letters that every system takes; names of tests have no others. */
export function fileName(words: readonly string[], extension: string): string {
  return `${words.join('-').replaceAll(/[^A-Za-z0-9-]/g, '-')}.${extension}`;
}
