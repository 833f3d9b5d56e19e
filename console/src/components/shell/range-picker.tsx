'use client';

import { clockMinute, zoneName } from '../../format/time.ts';
import { RANGES, rangeLabel, rangeWindow } from '../../url/range.ts';
import { useQueryState, useRange } from '../../url/use-query-state.ts';
import { useHeldAt, useNow } from '../state/use-now.ts';
import css from './control.module.css';

/** Which time the screen shows: a native list under the look of the house, so that every device can use it. */
export function RangePicker() {
  const range = useRange();
  const { change } = useQueryState();
  const now = useNow();
  const heldAt = useHeldAt();
  const { fromMs, toMs } = rangeWindow(range, heldAt ?? now);
  const value = range.kind === 'last' ? range.text : '';
  const offered: readonly string[] = RANGES;
  return (
    <label className={`${css['button']} ${css['range']}`} id="range">
      <span className="visually-hidden">Time shown</span>
      <span>{rangeLabel(range)}</span>
      <span className={css['window']}>
        {now === 0
          ? ''
          : `${clockMinute(fromMs)}\u00a0\u2013\u00a0${clockMinute(toMs)}\u2002${zoneName(toMs)}`}
      </span>
      <select
        value={value}
        onChange={(event) => change({ range: event.target.value, from: null, to: null, out: null }, 'push')}
      >
        {offered.includes(value) ? null : <option value={value}>{rangeLabel(range)}</option>}
        {RANGES.map((text) => (
          <option key={text} value={text}>
            last {text.replace(/([a-z]+)/, ' $1')}
          </option>
        ))}
      </select>
    </label>
  );
}
