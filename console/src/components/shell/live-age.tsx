'use client';

import { useConnection } from '../../api/connection.ts';
import { useFleet } from '../../api/queries.ts';
import { formatAge, formatDuration } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import { useHeldAt, useNow } from '../state/use-now.ts';
import css from './foot.module.css';

/** How far the newest committed sample lies behind now: measured, not assumed. */
export function LiveAge() {
  const range = useRange();
  const fleet = useFleet(range);
  const heldAt = useHeldAt();
  const now = useNow();
  const { paused } = useConnection();
  if (heldAt !== null && now > 0) {
    return <span className={css['late']}>{formatDuration(Math.floor((now - heldAt) / 1_000))} behind</span>;
  }
  if (paused) return <span>held by you</span>;
  if (fleet.data === undefined) return null;
  const { newestSampleTime, now: asked } = fleet.data;
  if (newestSampleTime === null) return <span>no sample yet</span>;
  const behind = (Date.parse(asked) - Date.parse(newestSampleTime)) / 1_000;
  return (
    <span>
      {behind < 60 ? `live, ${behind.toFixed(1)}\u00a0s behind` : `newest sample ${formatAge(behind)} ago`}
    </span>
  );
}
