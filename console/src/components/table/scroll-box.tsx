import type { ReactNode } from 'react';

interface ScrollBoxProps {
  /** What scrolls, for who hears where the focus is. */
  readonly label: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** A table wider than its place: keys reach it, because nothing in it may have the focus. */
export function ScrollBox({ label, className, children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll what has the focus
    <div className={className} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
