import { isDeepStrictEqual } from 'node:util';
import type { Wish } from './plan-outcome.ts';
import type { PlanState, TestRow } from './plan-state.ts';

type PresentWish = Extract<Wish, { kind: 'present' }>;

/** How the stored copy of a test follows the API server. */
export type MirrorStep =
  /** The copy stands, or is newer than the wish. */
  | { readonly kind: 'keep' }
  /** Only its resourceVersion moved: something wrote its status. */
  | { readonly kind: 'version'; readonly resourceVersion: string }
  | {
      readonly kind: 'store';
      readonly wish: PresentWish;
      readonly change: 'new' | 'spec' | 'other' | 'revived';
    }
  | { readonly kind: 'delete' };

/**
 * What of a wish is stored. An older version never overwrites a newer one, wherever a delayed cache may have it
 * from; of two tests with one name the newer one is the living (resourceVersions of one cluster grow together).
 */
export function decideMirror({ test, rival }: PlanState, wish: Wish | undefined): MirrorStep {
  const keep = { kind: 'keep' } as const;
  if (wish === undefined) return keep;
  if (wish.kind === 'gone') return test === null || test.deleted ? keep : { kind: 'delete' };
  if (rival !== null && isNewer(rival.resourceVersion, wish.resourceVersion)) return keep;
  if (test === null) return { kind: 'store', wish, change: 'new' };
  if (isNewer(test.resourceVersion, wish.resourceVersion)) return keep;
  if (test.deleted) return { kind: 'store', wish, change: 'revived' };
  if (test.generation !== wish.generation || !isDeepStrictEqual(test.spec, wish.spec))
    return { kind: 'store', wish, change: 'spec' };
  if (!isSameOutside(test, wish)) return { kind: 'store', wish, change: 'other' };
  return test.resourceVersion === wish.resourceVersion
    ? keep
    : { kind: 'version', resourceVersion: wish.resourceVersion };
}

/** The test as it is once the step is done; null where there is none. */
export function afterMirror(test: TestRow | null, step: MirrorStep): TestRow | null {
  if (step.kind === 'delete') return test === null ? null : { ...test, deleted: true };
  if (step.kind !== 'store') return test;
  const { uid, namespace, name, generation, resourceVersion, spec, labels, annotations, createdMs } =
    step.wish;
  const { handledRunNow, handledStopNow, wasSuspended, cursor, standing } = test ?? FRESH;
  return {
    uid,
    namespace,
    name,
    generation,
    resourceVersion,
    spec,
    labels,
    annotations,
    createdMs,
    handledRunNow,
    handledStopNow,
    wasSuspended,
    cursor,
    standing,
    deleted: false,
  };
}

const FRESH = {
  handledRunNow: null,
  handledStopNow: null,
  wasSuspended: false,
  cursor: null,
  standing: { streams: 0, problems: [] },
};

/** Whether version `a` is newer than `b`: they are compared as big integers (KEP-5504). */
function isNewer(a: string, b: string): boolean {
  return BigInt(a) > BigInt(b);
}

function isSameOutside(test: TestRow, wish: PresentWish): boolean {
  return (
    isDeepStrictEqual(test.labels, wish.labels) &&
    isDeepStrictEqual(test.annotations, wish.annotations) &&
    test.namespace === wish.namespace &&
    test.name === wish.name
  );
}
