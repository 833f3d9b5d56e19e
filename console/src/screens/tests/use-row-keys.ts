'use client';

import { useRef } from 'react';
import { useScreenKeys } from '../../components/shell/single-keys.ts';
import { focusedRow, useRowFocus } from '../../components/table/row-focus.ts';
import { rowsBetween, toggled } from './row-choice.ts';

interface RowKeys {
  /** Names of all rows, in the order in which they stand. */
  readonly order: readonly string[];
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

/** J and K move from row to row; X chooses the row that has the focus, Shift X all from the one chosen before. */
export function useRowKeys({ order, chosen, choose }: RowKeys): void {
  const last = useRef<string | null>(null);
  const onFocused = (act: (row: string) => void) => () => {
    const row = focusedRow();
    if (row === null) return;
    act(row);
    last.current = row;
  };
  useRowFocus();
  useScreenKeys({
    x: onFocused((row) => choose(toggled(chosen, row))),
    'shift x': onFocused((row) =>
      choose(new Set([...chosen, ...rowsBetween(order, last.current ?? row, row)])),
    ),
  });
}
