'use client';

import type { AgentView } from '@streamswarm/contract/wire/views';
import { useEffect, useState } from 'react';
import { classes } from '../../components/state/class-names.ts';
import { useQueryState } from '../../url/use-query-state.ts';
import css from '../tests/tests.module.css';
import { AGENT_TABS, type AgentFilter, countAgents } from './filter-agents.ts';

interface AgentFilterBarProps {
  readonly agents: readonly AgentView[];
  readonly shown: number;
  readonly filter: AgentFilter;
}

/** Text and state, as for tests; both stand in the address. */
export function AgentFilterBar({ agents, shown, filter }: AgentFilterBarProps) {
  const { change } = useQueryState();
  const [text, setText] = useState(filter.q);
  useEffect(() => setText(filter.q), [filter.q]);
  const counts = countAgents(agents, filter.q);
  // How many are gone is only known once they are asked for.
  const tabs = AGENT_TABS.filter(
    (tab) => tab === 'All' || tab === 'Gone' || tab === filter.tab || (counts.get(tab) ?? 0) > 0,
  );
  return (
    <>
      <search className={css['filter']}>
        <label className={css['box']}>
          <span>Filter</span>
          <input
            id="filter"
            type="text"
            value={text}
            placeholder="name, label or address; !word leaves out"
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
        {tabs.map((tab) => (
          <button
            key={tab}
            type="button"
            className={css['tab']}
            aria-pressed={tab === filter.tab}
            onClick={() => change({ state: tab === 'All' ? null : tab.toLowerCase() })}
          >
            {tab}{' '}
            <b className={classes(tab === 'Offline' && css['bad'])}>
              {tab === 'Gone' && filter.tab !== 'Gone' ? null : counts.get(tab)}
            </b>
          </button>
        ))}
        <span className={css['note']}>
          {shown} {shown === 1 ? 'agent' : 'agents'} shown · offline first, then name
        </span>
      </div>
    </>
  );
}
