import css from './patterns.module.css';

/** Hatches that every chart refers to by id: form besides colour. */
export function Patterns() {
  return (
    <svg className={css['holder']} aria-hidden="true" focusable="false">
      <title>Patterns of the charts</title>
      <defs>
        <pattern
          id="hatch-none"
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line className={css['none']} x1="0.5" x2="0.5" y1="0" y2="6" />
        </pattern>
        <pattern
          id="hatch-error"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <line className={css['error']} x1="1" x2="1" y1="0" y2="5" />
        </pattern>
        <pattern id="hatch-denied" width="4" height="4" patternUnits="userSpaceOnUse">
          <line className={css['denied']} x1="1" x2="1" y1="0" y2="4" />
        </pattern>
        <pattern id="hatch-pending" width="4" height="4" patternUnits="userSpaceOnUse">
          <circle className={css['pending']} cx="2" cy="2" r="0.9" />
        </pattern>
      </defs>
    </svg>
  );
}
