export interface YamlToken {
  readonly kind: 'key' | 'plain' | 'comment';
  readonly text: string;
}

const KEY = /^(\s*(?:- )*)("[^"]*"|'[^']*'|[A-Za-z0-9_./-]+)(:)(?=\s|$)/;

/** A line of YAML in parts to colour: its key, its comment, the rest. */
export function yamlTokens(line: string): YamlToken[] {
  const comment = /(^|\s)#.*$/.exec(line);
  const code = comment === null ? line : line.slice(0, comment.index);
  const key = KEY.exec(code);
  const tokens: YamlToken[] = [];
  if (key !== null) {
    tokens.push({ kind: 'plain', text: key[1] ?? '' }, { kind: 'key', text: `${key[2]}${key[3]}` });
  }
  tokens.push({ kind: 'plain', text: code.slice(key?.[0].length ?? 0) });
  if (comment !== null) tokens.push({ kind: 'comment', text: line.slice(comment.index) });
  return tokens.filter(({ text }) => text !== '');
}
