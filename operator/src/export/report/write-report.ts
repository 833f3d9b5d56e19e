import type { Readable } from 'node:stream';
import { drawReport } from './draw-report.ts';
import type { ReportData } from './report-data.ts';
import { openDocument } from './report-document.ts';

export const PDF_TYPE = 'application/pdf';

export interface ReportFile {
  readonly file: Readable;
  /** When nothing is left to draw; the file may still have readers. Never rejects: a failure cuts the file. */
  readonly drawn: Promise<void>;
}

/** A report as a PDF file, which can be read once it is drawn. */
export async function writeReport(data: ReportData): Promise<ReportFile> {
  const doc = await openDocument(data);
  const file = doc as unknown as Readable;
  // What fails cuts the file: its end is missing, and no reader takes it for a whole one.
  const drawn = drawReport(doc, data).catch((error: Error) => void file.destroy(error));
  return { file, drawn };
}
