import { Button } from '../../components/shell/button.tsx';
import type { Zoom } from '../../url/use-zoom.ts';

/** How to zoom, and the way out of it. */
export function ZoomHint({ zoom: { out } }: { readonly zoom: Zoom }) {
  return out === null ? (
    <span>drag to zoom, with Shift to move</span>
  ) : (
    <Button shortcut="Z" onClick={out}>
      Zoom out
    </Button>
  );
}
