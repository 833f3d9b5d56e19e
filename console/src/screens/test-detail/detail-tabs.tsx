'use client';

import type { TestDetail } from '@streamswarm/contract/wire/views';
import { useQueryState } from '../../url/use-query-state.ts';
import css from './test-detail.module.css';
import { hostProbeOf, TABS, type Tab, traceProbesOf } from './view-choice.ts';

const NAMES = {
  results: 'Results',
  paths: 'Paths',
  system: 'System',
  spec: 'Spec',
  events: 'Events',
} as const;

export function DetailTabs({ detail, tab }: { readonly detail: TestDetail; readonly tab: Tab }) {
  const { change } = useQueryState();
  const shown = TABS.filter(
    (name) =>
      (name !== 'system' || hostProbeOf(detail) !== null) &&
      (name !== 'paths' || traceProbesOf(detail).length > 0),
  );
  return (
    <nav className={css['tabs']} aria-label="Views of the test">
      {shown.map((name) => (
        <button
          key={name}
          type="button"
          className={css['tab']}
          aria-current={name === tab ? 'true' : undefined}
          onClick={() => change({ tab: name === 'results' ? null : name })}
        >
          {NAMES[name]}
        </button>
      ))}
    </nav>
  );
}
