import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { escapeIdentifier } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Transaction } from '../database.ts';

/** A value in COPY's text format: null is \N, and what would end a field or a row is escaped. */
export function copyField(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return `{${value.join(',')}}`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/** Inserts rows by COPY inside a transaction. */
export async function copyRows(
  tx: Transaction,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.map((column) => escapeIdentifier(column)).join(', ');
  const sink = tx.client.query(copyFrom(`copy ${escapeIdentifier(table)} (${names}) from stdin`));
  const text = rows.map((row) => `${row.map(copyField).join('\t')}\n`).join('');
  await pipeline(Readable.from([text]), sink);
}
