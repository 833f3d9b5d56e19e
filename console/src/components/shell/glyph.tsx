import css from './glyph.module.css';

export type GlyphName =
  | 'wrong'
  | 'refused'
  | 'limited'
  | 'running'
  | 'scheduled'
  | 'suspended'
  | 'complete'
  | 'pending'
  | 'online'
  | 'offline';

/** A state as a form; the word stands beside it, so that it is not read out twice. */
export function Glyph({ name }: { readonly name: GlyphName }) {
  return (
    <svg
      className={`${css['glyph']} ${css[name] ?? ''}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.4 } as const;

const SHAPES = {
  wrong: (
    <>
      <path d="M6 1 11.4 11H.6Z" fill="currentColor" />
      <path d="M6 4.6v3M6 8.7v1" stroke="var(--surface)" strokeWidth="1.3" />
    </>
  ),
  refused: (
    <>
      <circle cx="6" cy="6" r="4.6" {...stroke} />
      <path d="M2.8 2.8 9.2 9.2" {...stroke} />
    </>
  ),
  limited: <path d="M6 .9 11.1 6 6 11.1.9 6Z" {...stroke} />,
  running: (
    <>
      <circle cx="6" cy="6" r="4.6" {...stroke} />
      <circle cx="6" cy="6" r="2" fill="currentColor" />
    </>
  ),
  scheduled: (
    <>
      <circle cx="6" cy="6" r="4.6" {...stroke} />
      <path d="M6 3.4V6l1.8 1.2" {...stroke} />
    </>
  ),
  suspended: <path d="M4 2.5v7M8 2.5v7" {...stroke} strokeWidth={1.8} />,
  complete: <path d="M1.8 6.3 4.7 9.2 10.2 3" {...stroke} strokeWidth={1.6} />,
  pending: <circle cx="6" cy="6" r="4.6" {...stroke} strokeDasharray="2 1.6" />,
  online: <circle cx="6" cy="6" r="3.2" fill="currentColor" />,
  offline: <circle cx="6" cy="6" r="3" {...stroke} />,
} as const;
