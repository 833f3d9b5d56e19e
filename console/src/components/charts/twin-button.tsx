import css from '../shell/control.module.css';

interface TwinButtonProps {
  readonly asTable: boolean;
  readonly onChange: (asTable: boolean) => void;
}

/** Shows the values of a chart as a table, and back. Shift T does the same for all charts of the screen. */
export function TwinButton({ asTable, onChange }: TwinButtonProps) {
  return (
    <button
      type="button"
      className={css['link']}
      data-twin=""
      aria-pressed={asTable}
      onClick={() => onChange(!asTable)}
    >
      {asTable ? 'as chart' : 'as table'}
    </button>
  );
}
