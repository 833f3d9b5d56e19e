import { classes } from '../../components/state/class-names.ts';
import css from './matrix.module.css';
import { CLASSES } from './ramp.ts';

interface LegendProps {
  readonly limits: readonly number[];
  readonly format: (value: number) => string;
}

/** What the colours and forms mean, with the limits printed. */
export function Legend({ limits, format }: LegendProps) {
  return (
    <section aria-label="Legend">
      {limits.length === 0 ? null : (
        <ol className={css['ramp']}>
          {Array.from({ length: CLASSES }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place on the ramp
            <li key={i}>
              <i className={css[`r${i}`]} />
              <small>{i < limits.length ? shortened(format(limits[i] ?? 0)) : ''}</small>
            </li>
          ))}
        </ol>
      )}
      <ul className={css['forms']}>
        <li>
          <i className={classes(css['square'], css['r2'])}>
            <i className={css['loss']} />
          </i>
          loss under 1 %
        </li>
        <li>
          <i className={classes(css['square'], css['r2'])}>
            <i className={classes(css['loss'], css['high'])} />
          </i>
          loss 1 % or more
        </li>
        <li>
          <i className={classes(css['square'], css['null'])} /> answered without a value
        </li>
        <li>
          <i className={classes(css['square'], css['none'])} /> no data
        </li>
        <li>
          <i className={classes(css['square'], css['itself'])} /> itself, not measured
        </li>
      </ul>
    </section>
  );
}

/** A limit is what it is: 10 ms, not 10.0 ms. */
function shortened(text: string): string {
  return text.replace(/\.0+(?=\D)/, '').replace(/(\.\d*[1-9])0+(?=\D)/, '$1');
}
