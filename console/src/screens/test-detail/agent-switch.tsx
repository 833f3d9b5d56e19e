import css from './test-detail.module.css';

/** The keys there are: those behind the ninth have a button alone. */
export const SWITCH_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

interface AgentSwitchProps {
  readonly agent: string;
  /** From 0, in the order shown. */
  readonly place: number;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** Turns an agent on and off, and names the key that does the same. */
export function AgentSwitch({ agent, place, isOn, onToggle }: AgentSwitchProps) {
  const key = SWITCH_KEYS[place];
  return (
    <button
      type="button"
      className={css['switch']}
      aria-pressed={isOn}
      aria-label={agent}
      aria-keyshortcuts={key}
      title={`${isOn ? 'Leave out' : 'Take in'} ${agent}`}
      onClick={onToggle}
    >
      {key ?? '\u00b7'}
    </button>
  );
}
