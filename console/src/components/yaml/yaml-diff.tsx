import { changedParts, type DiffLine, lineDiff } from './line-diff.ts';
import css from './yaml-diff.module.css';
import { YamlLine } from './yaml-line.tsx';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', removed: '−', added: '+' };
const WORDS: Readonly<Record<DiffLine['kind'], string>> = {
  same: '',
  removed: 'removed: ',
  added: 'added: ',
};

/** What is changed between two texts; the sign says it besides the colour. */
export function YamlDiff({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <pre className={css['diff']}>
      {changedParts(lineDiff(before, after)).map((part, i) =>
        typeof part === 'number' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
          <div key={i} className={css['left-out']}>
            {part === 1 ? '1 line as before' : `${part} lines as before`}
          </div>
        ) : (
          part.map(({ kind, text }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text
            <div key={`${i} ${at}`} className={css[kind]}>
              <span className={css['sign']} aria-hidden="true">
                {SIGNS[kind]}
              </span>
              <span className="visually-hidden">{WORDS[kind]}</span>
              <YamlLine text={text} />
            </div>
          ))
        ),
      )}
    </pre>
  );
}
