'use client';

import { type TraceStream, useTimeline } from '../../api/path-queries.ts';
import type { TestName } from '../../api/queries.ts';
import { useNow } from '../../components/state/use-now.ts';
import { formatAge } from '../../format/time.ts';
import { useRange } from '../../url/use-query-state.ts';
import css from './paths.module.css';

interface ChangedAgeProps {
  readonly name: TestName;
  readonly stream: TraceStream;
  readonly periodMs: number;
}

/** How long ago another router answered, beside the title. */
export function ChangedAge({ name, stream, periodMs }: ChangedAgeProps) {
  const now = useNow();
  const timeline = useTimeline(name, stream, { range: useRange(), periodMs });
  const changed = timeline.data?.traces.findLast(({ changedFrom }) => changedFrom !== null);
  if (changed === undefined || now === 0) return null;
  return (
    <span className={css['changed']}>changed {formatAge((now - Date.parse(changed.at)) / 1_000)} ago</span>
  );
}
