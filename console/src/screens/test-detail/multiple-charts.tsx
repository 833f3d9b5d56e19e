'use client';

import { DASH, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import type { Results } from '@streamswarm/contract/wire/views';
import { useEffect, useRef } from 'react';
import { bandData } from '../../components/charts/band-data.ts';
import type { Marker } from '../../components/charts/markers.ts';
import { MiniBand } from '../../components/charts/mini-band.tsx';
import { useScreenKeys } from '../../components/shell/single-keys.ts';
import { classes } from '../../components/state/class-names.ts';
import { useQueryState } from '../../url/use-query-state.ts';
import { AgentSwitch, SWITCH_KEYS } from './agent-switch.tsx';
import {
  inKeptOrder,
  keyOfSeries,
  MOST,
  type RankedSeries,
  rankedSeries,
  sharedAxis,
} from './ranked-series.ts';
import { seriesLabel } from './series-label.ts';
import css from './test-detail.module.css';
import { useToggleAgent } from './use-agents-off.ts';
import type { ViewChoice } from './view-choice.ts';

interface MultipleChartsProps {
  readonly results: Results;
  readonly choice: ViewChoice;
  /** The destination that all of them lead to; null where there are several. */
  readonly only: string | null;
  readonly mesh: boolean;
  readonly limits: readonly number[];
  readonly markers: readonly Marker[];
}

export function MultipleCharts({ results, choice, only, mesh, limits, markers }: MultipleChartsProps) {
  const { off } = choice;
  const { change } = useQueryState();
  const toggle = useToggleAgent(off);
  const isOff = (agent: string | null): boolean => agent !== null && off.includes(agent);
  const shown = useShown(results, off.length > 0);
  const byAgent = choice.apart === 'agent';
  useScreenKeys(byAgent ? switchKeys(shown, toggle) : NO_KEYS);
  const axis = sharedAxis(
    results.series.filter(({ agent }) => !isOff(agent)),
    limits,
  );
  return (
    <ul className={classes(css['multiples'], choice.apart === 'pair' && css['by-pair'])}>
      {shown.map(({ series, now }, place) => {
        const label = seriesLabel(series, choice, only);
        const { agent } = series;
        return (
          <li key={keyOfSeries(series)} className={isOff(agent) ? css['off'] : undefined}>
            <p>
              {byAgent && agent !== null ? (
                <AgentSwitch
                  agent={agent}
                  place={place}
                  isOn={!isOff(agent)}
                  onToggle={() => toggle(agent)}
                />
              ) : null}
              {mesh && byAgent && agent !== null ? (
                <button
                  type="button"
                  className={css['open']}
                  title={`${agent} to each of the others`}
                  onClick={() => change({ from: agent })}
                >
                  {label}
                </button>
              ) : (
                <b title={label}>{label}</b>
              )}
              <span>{now === null ? DASH : joined(metricQuantity(now, results.unit))}</span>
            </p>
            {isOff(agent) ? (
              <div className={css['off-chart']}>off: not in the charts above</div>
            ) : (
              <MiniBand
                data={bandData(results, series)}
                max={axis}
                label={label}
                limits={limits}
                markers={markers}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The worst, in an order that stands still while one of them is off: what a key turned off, it turns on. */
function useShown(results: Results, isKept: boolean): RankedSeries[] {
  const kept = useRef<readonly string[]>([]);
  const ranked = rankedSeries(results.series);
  const shown = (isKept ? inKeptOrder(ranked, kept.current) : ranked).slice(0, MOST);
  useEffect(() => {
    kept.current = shown.map(({ series }) => keyOfSeries(series));
  });
  return shown;
}

const NO_KEYS = {};

function switchKeys(
  shown: readonly RankedSeries[],
  toggle: (agent: string) => void,
): Readonly<Record<string, () => void>> {
  const acts = SWITCH_KEYS.flatMap((key, place) => {
    const agent = shown[place]?.series.agent ?? null;
    return agent === null ? [] : [[key, () => toggle(agent)] as const];
  });
  return Object.fromEntries(acts);
}
