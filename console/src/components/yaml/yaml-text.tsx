import css from './yaml.module.css';
import { YamlLine } from './yaml-line.tsx';

/** YAML to read, with line numbers. */
export function YamlText({ text }: { readonly text: string }) {
  const lines = text.replace(/\n$/, '').split('\n');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keys
    <pre className={css['text']} tabIndex={0}>
      {lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
        <div key={i} className={css['line']}>
          <span className={css['number']}>{i + 1}</span>
          <code>
            <YamlLine text={line} />
          </code>
        </div>
      ))}
    </pre>
  );
}
