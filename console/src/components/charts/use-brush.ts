'use client';

import { type ComponentProps, useState } from 'react';
import { type Brush, type BrushInput, brushed, chosen, NO_BRUSH } from './brush.ts';
import type { StepRun } from './runs.ts';
import { useSharedCursor } from './shared-cursor.tsx';

/** The steps of a chart, and where they stand, px. */
export interface BrushFrame {
  readonly left: number;
  readonly innerWidth: number;
  readonly steps: number;
  readonly fromMs: number;
  readonly stepMs: number;
}

/** Where a choice of time leads to; absent, the chart has a cursor alone. */
export interface ChartZoom {
  readonly into: (window: { readonly fromMs: number; readonly toMs: number }) => void;
  readonly out: (() => void) | null;
  /** The same length of time, so many ms later. */
  readonly move: (byMs: number) => void;
}

interface Brushing {
  readonly cursor: number | null;
  readonly selection: StepRun | null;
  /** How far the picture is dragged from its place, px. */
  readonly dragged: number;
  readonly handlers: Handlers;
}

interface Pan {
  readonly fromX: number;
  readonly toX: number;
}

type Handlers = Pick<
  ComponentProps<'div'>,
  | 'onPointerDown'
  | 'onPointerMove'
  | 'onPointerUp'
  | 'onPointerCancel'
  | 'onPointerLeave'
  | 'onBlur'
  | 'onKeyDown'
>;

/**
 * A cursor over the steps of a chart for pointer and keys, and the choice of some of them to zoom into. With Shift a
 * drag moves the time instead.
 */
export function useBrush(frame: BrushFrame, zoom?: ChartZoom): Brushing {
  const [brush, setBrush] = useState(NO_BRUSH);
  const [pan, setPan] = useState<Pan | null>(null);
  const { setAtMs } = useSharedCursor();
  const show = (next: Brush): void => {
    setBrush(next);
    setAtMs(next.cursor === null ? null : frame.fromMs + (next.cursor + 0.5) * frame.stepMs);
  };
  const apply = (input: BrushInput): boolean => {
    const next = brushed(brush, input, frame.steps);
    if (next === null) return false;
    show(next.brush);
    if (next.zoom !== undefined) zoom?.into(windowOf(next.zoom, frame));
    if (next.back) zoom?.out?.();
    return true;
  };
  const stepOf = ({ clientX, currentTarget }: { clientX: number; currentTarget: HTMLElement }): number =>
    Math.floor(
      ((clientX - currentTarget.getBoundingClientRect().left - frame.left) / frame.innerWidth) * frame.steps,
    );
  const isInside = (step: number): boolean => step >= 0 && step < frame.steps;
  return {
    // Fewer steps may have come since the cursor was set.
    cursor: brush.cursor !== null && brush.cursor < frame.steps ? brush.cursor : null,
    selection: zoom === undefined ? null : chosen(brush),
    dragged: pan === null ? 0 : pan.toX - pan.fromX,
    handlers: {
      onPointerDown: (event) => {
        const step = stepOf(event);
        if (zoom === undefined || event.button !== 0 || !isInside(step)) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        if (event.shiftKey) {
          show(NO_BRUSH);
          setPan({ fromX: event.clientX, toX: event.clientX });
        } else apply({ type: 'press', step });
      },
      onPointerMove: (event) => {
        if (pan !== null) {
          setPan({ ...pan, toX: event.clientX });
          return;
        }
        const step = stepOf(event);
        if (brush.isDragging) apply({ type: 'move', step: Math.max(0, Math.min(frame.steps - 1, step)) });
        else if (isInside(step)) apply({ type: 'move', step });
        else apply({ type: 'leave' });
      },
      onPointerUp: () => {
        if (pan === null) apply({ type: 'release' });
        else zoom?.move(-timeOf(pan, frame));
        setPan(null);
      },
      onPointerCancel: () => {
        setPan(null);
        show(NO_BRUSH);
      },
      onPointerLeave: () => apply({ type: 'leave' }),
      onBlur: () => show(NO_BRUSH),
      onKeyDown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (apply({ type: 'key', key: event.key, shift: event.shiftKey })) event.preventDefault();
      },
    },
  };
}

/** What a drag goes over, ms. */
function timeOf({ fromX, toX }: Pan, { innerWidth, steps, stepMs }: BrushFrame): number {
  return ((toX - fromX) / innerWidth) * steps * stepMs;
}

function windowOf({ first, end }: StepRun, { fromMs, stepMs }: BrushFrame): { fromMs: number; toMs: number } {
  return { fromMs: fromMs + first * stepMs, toMs: fromMs + end * stepMs };
}
