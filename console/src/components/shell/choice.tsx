import css from './control.module.css';
import { Segments } from './segments.tsx';

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
  /** A list also where there would be room for all. */
  readonly compact?: boolean;
}

/** So many can be seen side by side. */
const MOST_SEGMENTS = 6;

/** One out of some: all of them side by side while they are few, a list beyond. */
export function Choice({ label, options, value, onChoose, compact = false }: ChoiceProps) {
  if (!compact && options.length <= MOST_SEGMENTS) {
    return <Segments label={label} options={options} value={value} onChoose={onChoose} />;
  }
  return (
    <label className={`${css['button']} ${css['range']} ${css['list']}`}>
      <span className="visually-hidden">{label}</span>
      <span>{options.find((option) => option.value === value)?.text ?? value}</span>
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
