import type { RangeStep } from '../../url/range-steps.ts';
import { PLACES } from './nav.ts';

/** What the keys of every screen can do. */
export interface KeyActs {
  readonly go: (href: string) => void;
  readonly toggleTheme: () => void;
  readonly toggleLive: () => void;
  readonly toggleTables: () => void;
  /** On screens that show a time. */
  readonly stepRange: (step: RangeStep) => void;
  readonly copyLink: () => void;
  /** The filter of the screen, or the palette where it has none. */
  readonly find: () => void;
  readonly openPalette: () => void;
  readonly openKeys: () => void;
  readonly readAgain: () => void;
}

interface KeyRule {
  readonly show: string;
  readonly what: string;
  /** As KeyboardEvent.key has it; `shift` where the letter alone means something else. */
  readonly key: string;
  readonly shift?: boolean;
  readonly act: (acts: KeyActs) => void;
}

/** Single keys: off in fields, and for those who turn them off. */
export const KEY_RULES: readonly KeyRule[] = [
  { show: 'N', key: 'n', what: 'create a test', act: ({ go }) => go('/tests/new/') },
  { show: '/', key: '/', what: 'filter; where there is none, search', act: ({ find }) => find() },
  { show: '.', key: '.', what: 'live or held', act: ({ toggleLive }) => toggleLive() },
  {
    show: 'R',
    key: 'r',
    what: 'read again, also while the operator does not answer',
    act: ({ readAgain }) => readAgain(),
  },
  {
    show: '[',
    key: '[',
    what: 'half of the time shown earlier',
    act: ({ stepRange }) => stepRange('earlier'),
  },
  { show: ']', key: ']', what: 'half of it later', act: ({ stepRange }) => stepRange('later') },
  { show: '-', key: '-', what: 'show a longer time', act: ({ stepRange }) => stepRange('longer') },
  { show: '=', key: '=', what: 'show a shorter time', act: ({ stepRange }) => stepRange('shorter') },
  {
    show: 'Y',
    key: 'y',
    what: 'copy a link to what is shown, with its time',
    act: ({ copyLink }) => copyLink(),
  },
  { show: 'L', key: 'l', what: 'light or dark', act: ({ toggleTheme }) => toggleTheme() },
  {
    show: 'Shift T',
    key: 't',
    shift: true,
    what: 'charts as tables',
    act: ({ toggleTables }) => toggleTables(),
  },
  { show: '?', key: '?', what: 'these keys', act: ({ openKeys }) => openKeys() },
];

/** All keys for people to read, in the order of their use. */
export const KEY_LINES: readonly (readonly [string, string])[] = [
  ['Ctrl K, ⌘ K', 'search pages, tests and agents; run actions'],
  [`G then ${PLACES.map(({ key }) => key).join(', ')}`, PLACES.map(({ name }) => name).join(', ')],
  ...KEY_RULES.map(({ show, what }) => [show, what] as const),
  ['← →', 'move the cursor of a chart that has the focus'],
  ['Shift ← →, Enter', 'choose a part of its time, and zoom into it; or drag'],
  ['Z', 'out of the zoom, in a chart'],
  ['Shift drag', 'move the time of a chart'],
  ['J K, Enter', 'in a list of tests, agents or findings: to the next, the one before; open it'],
  ['X, Shift X', 'in the list of tests: choose that one; all from the one chosen before'],
  ['S R P U E C, Esc', 'stop, run now, suspend, resume, export, compare what is chosen; choose nothing'],
  ['1 … 9', 'on a test, by agent: the first to ninth agent off and on'],
  ['← ↑ → ↓, Enter', 'in the matrix: from cell to cell; open it'],
  ['T', 'in the matrix: turn it round'],
  ['J K', 'on a path: the trace before, the trace after'],
  ['D', 'on a path: compare with the trace before, or with the last other path'],
];

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

/** The rule that a pressed key means; null for none. Signs need Shift on some keyboards, letters only where asked. */
export function ruleFor({ key, shiftKey }: Pressed): KeyRule | null {
  const isLetter = /^[a-z]$/i.test(key);
  return (
    KEY_RULES.find(
      (rule) => rule.key === key.toLowerCase() && (!isLetter || (rule.shift ?? false) === shiftKey),
    ) ?? null
  );
}
