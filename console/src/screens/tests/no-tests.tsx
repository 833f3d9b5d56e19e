'use client';

import { useKubernetes } from '../../api/queries.ts';
import { CommandLine } from '../../components/command/command-line.tsx';
import { Empty } from '../../components/panel/panel.tsx';
import { applyCommand } from './apply-command.ts';
import css from './tests.module.css';

/** What a test is, and both ways to make the first. */
export function NoTests() {
  const kubernetes = useKubernetes();
  return (
    <>
      <Empty title="There is no test yet.">
        A test says what to measure, from where, how often and for how long. Create one here: the form shows
        its manifest. Or apply a manifest from a shell:
      </Empty>
      {kubernetes === null ? null : (
        <div className={css['way']}>
          <CommandLine command={applyCommand(kubernetes)} />
        </div>
      )}
    </>
  );
}
