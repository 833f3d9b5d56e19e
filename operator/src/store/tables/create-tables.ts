import { ROLLUP_LEVELS } from '@streamswarm/contract';
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Queryable } from '../database.ts';
import {
  ALL_PROBES,
  type Column,
  metricColumns,
  ROLLUP_COLUMNS,
  rolledUpColumns,
  rollupTable,
  SAMPLE_COLUMNS,
  sampleTable,
} from './columns.ts';

/** Makes the tables of every probe, or adds the columns that a newer contract brings. */
export async function createProbeTables(db: Queryable): Promise<void> {
  for (const probe of ALL_PROBES) {
    await createTable(
      db,
      sampleTable(probe.name),
      [...SAMPLE_COLUMNS, ...metricColumns(probe)],
      probe.summary,
    );
    for (const level of ROLLUP_LEVELS) {
      const table = rollupTable(probe.name, level);
      await createTable(
        db,
        table,
        [...ROLLUP_COLUMNS, ...rolledUpColumns(probe)],
        `${probe.summary}: by ${level}. Rows of one stream and time add up.`,
      );
      // What the compactor has yet to merge, and what a coarser level does not have yet: few rows among many.
      await db.query(
        `create index if not exists ${escapeIdentifier(`${table}_open`)} on ${escapeIdentifier(table)} (ts, stream)
         where not merged`,
      );
    }
  }
}

async function createTable(
  db: Queryable,
  table: string,
  columns: readonly Column[],
  comment: string,
): Promise<void> {
  const name = escapeIdentifier(table);
  const definitions = columns.map((column) => `${escapeIdentifier(column.name)} ${column.type}`);
  await db.query(`create table if not exists ${name} (${definitions.join(', ')}) partition by range (ts)`);
  const present = await db.query<{ column_name: string }>(
    'select column_name from information_schema.columns where table_schema = current_schema() and table_name = $1',
    [table],
  );
  const known = new Set(present.map((row) => row.column_name));
  const missing = columns.filter((column) => !known.has(column.name));
  for (const column of missing) {
    await db.query(`alter table ${name} add column ${escapeIdentifier(column.name)} ${column.type}`);
  }
  const comments = columns.map(
    (column) =>
      `comment on column ${name}.${escapeIdentifier(column.name)} is ${escapeLiteral(column.comment)}`,
  );
  await db.query(
    [
      `create index if not exists ${escapeIdentifier(`${table}_key`)} on ${name} (stream, ts)`,
      `comment on table ${name} is ${escapeLiteral(comment)}`,
      ...comments,
    ].join(';\n'),
  );
}
