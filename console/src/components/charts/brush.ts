import type { StepRun } from './runs.ts';

/** The cursor of a chart, and from where to where a part of it is being chosen. */
export interface Brush {
  readonly cursor: number | null;
  /** Where the choice began; null while nothing is chosen. */
  readonly anchor: number | null;
  readonly isDragging: boolean;
}

export const NO_BRUSH: Brush = { cursor: null, anchor: null, isDragging: false };

export type BrushInput =
  | { readonly type: 'press' | 'move'; readonly step: number }
  | { readonly type: 'release' | 'leave' }
  | { readonly type: 'key'; readonly key: string; readonly shift: boolean };

export interface Brushed {
  readonly brush: Brush;
  /** Steps to zoom into. */
  readonly zoom?: StepRun;
  /** The zoom is left. */
  readonly back?: true;
}

/** The steps that are chosen, or null where there are none: one alone is only the cursor. */
export function chosen({ cursor, anchor }: Brush): StepRun | null {
  if (cursor === null || anchor === null || cursor === anchor) return null;
  return { first: Math.min(cursor, anchor), end: Math.max(cursor, anchor) + 1 };
}

/** What an input makes of a brush over so many steps; null for a key that means nothing here. */
export function brushed(before: Brush, input: BrushInput, steps: number): Brushed | null {
  switch (input.type) {
    case 'press':
      return { brush: { cursor: input.step, anchor: input.step, isDragging: true } };
    case 'move':
      return { brush: { ...before, cursor: input.step } };
    case 'release':
      return before.isDragging ? taken(before) : { brush: before };
    case 'leave':
      return { brush: before.isDragging ? before : NO_BRUSH };
    case 'key':
      return keyed(before, input, steps);
  }
}

function taken(before: Brush): Brushed {
  const zoom = chosen(before);
  const brush = { ...before, anchor: null, isDragging: false };
  return zoom === null ? { brush } : { brush: NO_BRUSH, zoom };
}

function keyed(
  before: Brush,
  { key, shift }: { key: string; shift: boolean },
  steps: number,
): Brushed | null {
  const to = moved(before.cursor ?? steps, key, steps);
  if (to !== null) {
    const anchor = shift ? (before.anchor ?? before.cursor ?? to) : null;
    return { brush: { cursor: to, anchor, isDragging: false } };
  }
  if (key === 'Enter') return chosen(before) === null ? null : taken(before);
  if (key === 'Escape' && chosen(before) !== null)
    return { brush: { ...before, anchor: null, isDragging: false } };
  if (key === 'Escape' || key.toLowerCase() === 'z') return { brush: NO_BRUSH, back: true };
  return null;
}

function moved(from: number, key: string, steps: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(steps - 1, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return steps - 1;
    default:
      return null;
  }
}
