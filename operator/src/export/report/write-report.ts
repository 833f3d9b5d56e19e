import type { Readable } from 'node:stream';
import { drawReport } from './draw-report.ts';
import { MARGIN } from './page.ts';
import type { ReportData } from './report-data.ts';

export const PDF_TYPE = 'application/pdf';

export interface ReportFile {
  readonly file: Readable;
  /** When nothing is left to draw; the file may still have readers. Never rejects: a failure cuts the file. */
  readonly drawn: Promise<void>;
}

/** A report as a PDF file; it is drawn while it is read. */
export async function writeReport(data: ReportData): Promise<ReportFile> {
  // Most operators never make one: what it needs is loaded for the first.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: false,
    info: {
      Title: `StreamSwarm: ${data.namespace}/${data.name}`,
      Creator: `StreamSwarm ${data.version}`,
      CreationDate: new Date(data.madeMs),
    },
  });
  const file = doc as unknown as Readable;
  // What fails cuts the file: its end is missing, and no reader takes it for a whole one.
  const drawn = drawReport(doc, data).catch((error: Error) => void file.destroy(error));
  return { file, drawn };
}
