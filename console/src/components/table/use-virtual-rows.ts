'use client';

import { useVirtualizer } from '@tanstack/react-virtual';

/** More rows than this are drawn only where they are seen. */
export const MOST_DRAWN = 100;
const OVERSCAN = 15;

interface VirtualRowsWish {
  readonly count: number;
  /** Height of a row in px, as far as it is known before it is drawn. */
  readonly heightOf: (index: number) => number;
  readonly scroller: () => HTMLElement | null;
}

interface VirtualRows {
  /** Places of the rows to draw. */
  readonly drawn: readonly number[];
  /** Room of the rows above and below that are not drawn, px. */
  readonly before: number;
  readonly after: number;
}

/** The rows of a table that are near what is seen; all of them while they are few. */
export function useVirtualRows({ count, heightOf, scroller }: VirtualRowsWish): VirtualRows {
  const isMany = count > MOST_DRAWN;
  const virtualizer = useVirtualizer({
    count,
    enabled: isMany,
    getScrollElement: scroller,
    estimateSize: heightOf,
    overscan: OVERSCAN,
  });
  if (!isMany) return { drawn: Array.from({ length: count }, (_, i) => i), before: 0, after: 0 };
  const items = virtualizer.getVirtualItems();
  return {
    drawn: items.map(({ index }) => index),
    before: items[0]?.start ?? 0,
    after: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
  };
}
