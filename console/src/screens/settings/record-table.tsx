import type { ReactNode } from 'react';
import { classes } from '../../components/state/class-names.ts';
import { ScrollBox } from '../../components/table/scroll-box.tsx';
import table from '../../components/table/table.module.css';
import css from './settings.module.css';

export interface Column<T> {
  readonly head: string;
  readonly cell: (record: T) => ReactNode;
  /** Ink where it is not said: what a record is known by. */
  readonly look?: 'ink2' | 'right' | ((record: T) => 'ink2' | 'bad');
}

interface RecordTableProps<T> {
  /** What it is a table of, for who hears where the focus is. */
  readonly of: string;
  readonly records: readonly T[];
  readonly keyOf: (record: T) => string | number;
  readonly columns: readonly Column<T>[];
  /** Buttons at the end of a row. */
  readonly actions?: (record: T) => ReactNode;
}

/** One row a record, wide enough to scroll sideways on its own. */
export function RecordTable<T>({ of, records, keyOf, columns, actions }: RecordTableProps<T>) {
  return (
    <ScrollBox className={css['some']} label={`Table of ${of}`}>
      <table className={table['table']}>
        <thead>
          <tr>
            {columns.map(({ head, look }) => (
              <th key={head} scope="col" className={classes(look === 'right' && table['right'])}>
                {head}
              </th>
            ))}
            {actions === undefined ? null : (
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={keyOf(record)}>
              {columns.map(({ head, look, cell }) => (
                <td key={head} className={table[(typeof look === 'function' ? look(record) : look) ?? '']}>
                  {cell(record)}
                </td>
              ))}
              {actions === undefined ? null : (
                <td>
                  <span className={css['actions']}>{actions(record)}</span>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
