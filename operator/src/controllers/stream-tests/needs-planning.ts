import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../../kube/watch-cache.ts';
import { annotationsOf, type StreamTestObject } from '../../stream-tests/stream-test-object.ts';

/** Whether a change is one of the wish: our own writes of its status are not. */
export function needsPlanning({ type, object, before }: Change<StreamTestObject>): boolean {
  if (type !== 'changed' || before === null) return true;
  const [now, then] = [object.metadata, before.metadata];
  return (
    now.generation !== then.generation ||
    now.deletionTimestamp !== then.deletionTimestamp ||
    !isDeepStrictEqual(now.labels, then.labels) ||
    !isDeepStrictEqual(annotationsOf(now), annotationsOf(then))
  );
}
