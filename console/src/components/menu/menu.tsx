'use client';

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../shell/button.tsx';
import { useScreenKeys } from '../shell/single-keys.ts';
import { classes } from '../state/class-names.ts';
import css from './menu.module.css';
import { moveTo } from './menu-keys.ts';

interface MenuProps {
  readonly label: string;
  /** A key of the screen that opens it. */
  readonly shortcut?: string;
  /** Down unless said; up where it stands at the foot of the page. */
  readonly opens?: 'up';
  /** Entries; `close` is called by those that are done at once. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a list of things to do; arrows move in it, Escape closes it and leaves the focus where it was. */
export function Menu({ label, shortcut, opens, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const items = (): HTMLElement[] => [
    ...(frame.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []),
  ];
  const button = (): HTMLElement | null => frame.current?.querySelector('button[aria-haspopup]') ?? null;
  useEffect(() => {
    if (!isOpen) return;
    frame.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const away = (event: PointerEvent): void => {
      if (!frame.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [isOpen]);
  useScreenKeys(shortcut === undefined ? NO_KEYS : { [shortcut.toLowerCase()]: () => setOpen(true) });
  const close = (): void => {
    setOpen(false);
    button()?.focus();
  };
  const press = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    if (event.key === 'Tab') setOpen(false);
    const to = moveTo(event.key, items().indexOf(document.activeElement as HTMLElement), items().length);
    if (event.key === 'Escape') close();
    else if (to === null) return;
    else items()[to]?.focus();
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu within
    <div ref={frame} className={css['frame']} onKeyDown={press}>
      <Button
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(shortcut === undefined ? {} : { shortcut })}
        onClick={() => setOpen(!isOpen)}
      >
        {label} ▾
      </Button>
      {isOpen ? (
        <div role="menu" aria-label={label} className={classes(css['menu'], opens === 'up' && css['up'])}>
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}

const NO_KEYS = {};

interface EntryProps {
  readonly text: string;
  /** What stands at the right: a count, a key. */
  readonly note?: ReactNode;
}

/** Saves what a request answers, as it streams in. */
export function DownloadItem({
  text,
  note,
  href,
  onDone,
}: EntryProps & { readonly href: string; readonly onDone: () => void }) {
  return (
    <a role="menuitem" tabIndex={-1} className={css['item']} href={href} download="" onClick={onDone}>
      <Words text={text} note={note} />
    </a>
  );
}

export function ActionItem({ text, note, onChoose }: EntryProps & { readonly onChoose: () => void }) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className={css['item']} onClick={onChoose}>
      <Words text={text} note={note} />
    </button>
  );
}

function Words({ text, note }: EntryProps) {
  return (
    <>
      <span>{text}</span>
      <small>{note}</small>
    </>
  );
}
