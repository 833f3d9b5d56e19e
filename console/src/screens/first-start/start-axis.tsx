import type { Fleet } from '@streamswarm/contract/wire/views';
import { clockTime } from '../../format/time.ts';
import css from './first-start.module.css';
import { startMarks } from './start-marks.ts';

/** What really happened since the start, on an axis of seconds. */
export function StartAxis({ fleet, nowMs }: { readonly fleet: Fleet; readonly nowMs: number }) {
  const marks = startMarks(fleet.startup, fleet.startedAt, nowMs === 0 ? Date.parse(fleet.now) : nowMs);
  return (
    <section className={css['start']} aria-label="Start">
      <h2>
        <b>Start</b> <span>seconds since {clockTime(marks.originMs)}</span>
      </h2>
      <ol className={css['axis']}>
        {marks.events.map((event) => (
          <li
            key={`${event.what} ${event.at}`}
            className={css['dot']}
            style={{ left: `${event.place * 100}%` }}
            aria-hidden="true"
          />
        ))}
        {marks.names.map((name) => (
          <li
            key={name.what}
            className={name.above ? css['above'] : css['below']}
            style={{ left: `${name.place * 100}%` }}
            data-edge={name.place < 0.08 ? 'start' : name.place > 0.92 ? 'end' : undefined}
          >
            <b>{name.what}</b>
            <span>{name.detail}</span>
          </li>
        ))}
        <li className={css['now']} style={{ left: `${marks.nowPlace * 100}%` }}>
          <b>now</b>
        </li>
      </ol>
      <div className={css['scale']} aria-hidden="true">
        {marks.ticks.map(({ seconds, place }) => (
          <span key={seconds} style={{ left: `${place * 100}%` }}>
            {seconds}
          </span>
        ))}
      </div>
    </section>
  );
}
