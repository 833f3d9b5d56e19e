'use client';

import { CopyButton } from '../../components/command/command-line.tsx';
import yaml from '../../components/yaml/yaml.module.css';
import { YamlLine } from '../../components/yaml/yaml-line.tsx';
import css from './create.module.css';
import { ProblemLines } from './field.tsx';
import { lineOf } from './manifest-text.ts';
import type { Problem } from './problems-at.ts';

interface YamlPaneProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly problems: readonly Problem[];
  readonly settled: boolean;
  /** Whether this is all there is to see, so that problems must be said in full here. */
  readonly alone: boolean;
  readonly kubernetes: boolean;
}

/** The manifest as text: a text area over its coloured shadow, with each problem at its line. */
export function YamlPane({ text, onChange, problems, settled, alone, kubernetes }: YamlPaneProps) {
  const wrong = new Map(problems.map((problem) => [lineOf(text, problem.path), problem.message]));
  const lines = text.split('\n');
  const count = problems.length;
  return (
    <div className={css['yaml']}>
      <header className={css['yaml-head']}>
        <b>StreamTest</b> <small>edit either side</small>
        <span className={css['count']}>
          {count > 0 ? (
            <span className={css['bad']}>{count === 1 ? '1 problem' : `${count} problems`}</span>
          ) : null}
          <CopyButton text={text} label="Copy" />
          {kubernetes ? (
            <CopyButton text={`kubectl apply -f - <<'EOF'\n${text}EOF\n`} label="Copy as kubectl apply" />
          ) : null}
        </span>
      </header>
      <div className={css['yaml-body']}>
        <div className={yaml['editor']}>
          <pre className={yaml['shadow']} aria-hidden="true">
            {lines.map((line, i) => {
              const message = wrong.get(i);
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
                <div key={i} className={yaml['row']} data-wrong={message === undefined ? undefined : ''}>
                  <span className={yaml['number']}>{i + 1}</span>
                  <span>
                    <YamlLine text={line} />
                  </span>
                  {message === undefined ? null : <span className={yaml['message']}>{message}</span>}
                </div>
              );
            })}
          </pre>
          <textarea
            aria-label="Manifest as YAML"
            value={text}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            wrap="off"
            onChange={(event) => onChange(event.target.value)}
          />
        </div>
      </div>
      <footer className={css['yaml-foot']} role="status">
        {settled
          ? `Checked by the server as you type: schema and rules ${count === 0 ? 'ok' : `ok except ${count}`}`
          : 'checking …'}
        {alone ? <ProblemLines problems={problems} /> : null}
      </footer>
    </div>
  );
}
