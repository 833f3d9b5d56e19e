import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { classes } from '../state/class-names.ts';
import css from './control.module.css';

interface Look {
  readonly kind?: 'plain' | 'primary' | 'danger';
  /** The key that does the same. */
  readonly shortcut?: string;
  readonly children: ReactNode;
}

const look = (kind: Look['kind']): string =>
  classes(css['button'], kind === 'primary' && css['primary'], kind === 'danger' && css['danger']);

export function Button({
  kind,
  shortcut,
  children,
  ...rest
}: Look & Omit<ComponentProps<'button'>, 'className'>) {
  return (
    <button type="button" {...rest} className={look(kind)}>
      {children}
      <Shortcut text={shortcut} />
    </button>
  );
}

export function LinkButton({ kind, shortcut, children, href }: Look & { readonly href: string }) {
  return (
    <Link href={href} className={look(kind)}>
      {children}
      <Shortcut text={shortcut} />
    </Link>
  );
}

function Shortcut({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : (
    <span className={css['key']} aria-hidden="true">
      {text}
    </span>
  );
}
