export interface Margins {
  readonly left: number;
  readonly right: number;
}

const SMALL_PX = 520;
const SMALL: Margins = { left: 70, right: 52 };

/** Room beside a plot; less of it where the screen is small, the same for all charts that share an axis. */
export function marginsFor(width: number, wanted: Margins): Margins {
  if (width === 0 || width >= SMALL_PX) return wanted;
  return { left: Math.min(wanted.left, SMALL.left), right: Math.min(wanted.right, SMALL.right) };
}
