import { yamlTokens } from './highlight.ts';
import css from './yaml.module.css';

export function YamlLine({ text }: { readonly text: string }) {
  return yamlTokens(text).map((token, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place in the line
    <span key={i} className={css[token.kind]}>
      {token.text}
    </span>
  ));
}
