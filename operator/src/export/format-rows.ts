import { stringify } from 'csv-stringify/sync';
import type { SampleRow } from '../store/queries/export/export-samples.ts';

/** Of samples; a report (report/) is another thing. */
export const ROW_FORMATS = ['csv', 'json'] as const;
export type RowFormatName = (typeof ROW_FORMATS)[number];

/** Turns rows into the text of a file, piece by piece. */
export interface RowFormat {
  readonly contentType: string;
  begin(): string;
  rows(rows: readonly SampleRow[]): string;
  end(): string;
}

export function rowFormat(format: RowFormatName, columns: readonly string[]): RowFormat {
  return format === 'csv' ? csv(columns) : json();
}

/**
 * RFC 4180 with a header line. Text that a spreadsheet would take for a formula begins with an apostrophe; arrays
 * and objects are JSON.
 */
function csv(columns: readonly string[]): RowFormat {
  const write = (rows: readonly SampleRow[], header: boolean): string =>
    stringify([...rows], {
      columns: [...columns],
      header,
      record_delimiter: '\r\n',
      escape_formulas: true,
      cast: { number: (value) => ({ value: String(value), escape_formulas: false }) },
    });
  return {
    contentType: 'text/csv; charset=utf-8; header=present',
    begin: () => write([], true),
    rows: (rows) => write(rows, false),
    end: () => '',
  };
}

/** One array of objects, an object a line. */
function json(): RowFormat {
  let isFirst = true;
  return {
    contentType: 'application/json; charset=utf-8',
    begin: () => '[',
    rows(rows) {
      const text = rows.map((row) => JSON.stringify(row)).join(',\n');
      const glue = isFirst ? '\n' : ',\n';
      isFirst = false;
      return glue + text;
    },
    end: () => '\n]\n',
  };
}
