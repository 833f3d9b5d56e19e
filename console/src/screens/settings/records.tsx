'use client';

import type { ReactNode } from 'react';
import { Panel } from '../../components/panel/panel.tsx';
import { ConfirmButton } from './confirm-button.tsx';
import { ProblemLine } from './form.tsx';
import { type Column, RecordTable } from './record-table.tsx';
import css from './settings.module.css';
import { type Change, useChange, useSetting } from './use-settings.ts';

interface Named {
  readonly id: string;
}

interface RecordsProps<T> {
  /** Of the collection: it is read there, and a record of it is changed under its id. */
  readonly path: string;
  readonly title: string;
  readonly caption: string | ((count: number) => string);
  /** In a sentence: `API tokens`. */
  readonly of: string;
  readonly none: string;
  /** `change` alters fields of a record. */
  readonly columns: (change: (record: T, body: Change['body']) => void) => readonly Column<T>[];
  readonly removal: {
    readonly word: string;
    /** The record as the label of its button names it. */
    readonly object: (record: T) => string;
    readonly may?: (record: T) => boolean;
  };
}

/** What there is of a kind, and how one of it goes. */
export function Records<T extends Named>(props: RecordsProps<T>) {
  const { path, title, caption, of, none, columns, removal } = props;
  const list = useSetting<{ readonly items: readonly T[] }>(path);
  const change = useChange();
  const at = ({ id }: T): string => `${path}/${id}`;
  const remove = (record: T): ReactNode =>
    removal.may?.(record) === false ? null : (
      <ConfirmButton
        label={`${removal.word} ${removal.object(record)}`}
        word={removal.word}
        onConfirm={() => change.mutate({ method: 'DELETE', path: at(record) })}
      />
    );
  return (
    <>
      <Panel
        title={title}
        caption={typeof caption === 'string' ? caption : ({ items }) => caption(items.length)}
        query={list}
        reading={`the ${of}`}
        empty={({ items }) => (items.length > 0 ? null : <p className={css['note']}>{none}</p>)}
      >
        {({ items }) => (
          <RecordTable
            of={of}
            records={items}
            keyOf={({ id }) => id}
            columns={columns((record, body) => change.mutate({ method: 'PATCH', path: at(record), body }))}
            actions={remove}
          />
        )}
      </Panel>
      <ProblemLine error={change.error} />
    </>
  );
}
