/** Pieces of CEL, the language of the rules that the API server itself checks. */

/** A text as CEL writes it. */
export function celText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** `expression.matches(pattern)`; the pattern must mean the same to RE2 (the API server) and to JavaScript. */
export function celMatches(expression: string, pattern: string): string {
  if (pattern.includes("'")) throw new Error(`a raw text of CEL cannot hold a quote: ${pattern}`);
  return `${expression}.matches(r'${pattern}')`;
}

/** A list of texts as CEL writes it. */
export function celList(texts: readonly string[]): string {
  return `[${texts.map(celText).join(', ')}]`;
}
