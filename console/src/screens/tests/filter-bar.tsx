'use client';

import type { TestSummary } from '@streamswarm/contract/wire/views';
import { useEffect, useState } from 'react';
import { classes } from '../../components/state/class-names.ts';
import { useQueryState } from '../../url/use-query-state.ts';
import { countTabs, type TestFilter } from './filter-tests.ts';
import { TABS } from './state-tabs.ts';
import css from './tests.module.css';

interface FilterBarProps {
  readonly tests: readonly TestSummary[];
  readonly shown: number;
  readonly total: number;
  readonly filter: TestFilter;
}

/** Text and state; both stand in the address. */
export function FilterBar({ tests, shown, total, filter }: FilterBarProps) {
  const { change } = useQueryState();
  const [text, setText] = useState(filter.q);
  useEffect(() => setText(filter.q), [filter.q]);
  const counts = countTabs(tests, filter.q, TABS);
  return (
    <>
      <search className={css['filter']}>
        <label className={css['box']}>
          <span>Filter</span>
          <input
            id="filter"
            type="text"
            value={text}
            placeholder="name, destination or probe; !word leaves out"
            onChange={(event) => {
              setText(event.target.value);
              change({ q: event.target.value });
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
          <span className={css['slash']} aria-hidden="true">
            /
          </span>
        </label>
      </search>
      <div className={css['tabs']}>
        {TABS.filter((tab) => tab === 'All' || tab === filter.tab || (counts.get(tab) ?? 0) > 0).map(
          (tab) => (
            <button
              key={tab}
              type="button"
              className={css['tab']}
              aria-pressed={tab === filter.tab}
              onClick={() => change({ state: tab === 'All' ? null : tab.toLowerCase() })}
            >
              {tab} <b className={classes(tab === 'Wrong' && css['bad'])}>{counts.get(tab)}</b>
            </button>
          ),
        )}
        <span className={css['note']}>
          {shown} of {total} tests shown · wrong first, then state, then name
        </span>
      </div>
    </>
  );
}
