import { formatSeconds } from '@streamswarm/contract/format/numbers';
import { classes } from '../../components/state/class-names.ts';
import { CLASSES, limitsFor } from '../matrix/ramp.ts';
import css from './paths.module.css';

/** Fixed, so that colours compare over time and between streams. */
export const LIMITS = limitsFor('seconds', []);

/** What the colours of the strip mean. */
export function RampLegend() {
  const [least = 0, most = 0] = [LIMITS[0], LIMITS.at(-1)];
  return (
    <span
      className={css['ramp']}
      title={`Round trip, limits: ${LIMITS.map((limit) => formatSeconds(limit)).join(', ')}`}
    >
      under {formatSeconds(least)}
      {Array.from({ length: CLASSES }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place on the ramp
        <i key={i} className={classes(css['swatch'], css[`r${i}`])} />
      ))}
      {formatSeconds(most)} and more
    </span>
  );
}
