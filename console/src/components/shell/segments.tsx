import css from './control.module.css';

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly value: T;
  readonly onChoose: (value: T) => void;
}

/** One choice out of a few that are all seen. */
export function Segments<T extends string>({ label, options, value, onChoose }: SegmentsProps<T>) {
  return (
    <fieldset className={css['segments']} aria-label={label} style={{ margin: 0, padding: 0 }}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={css['segment']}
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  );
}
