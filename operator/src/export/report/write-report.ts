import type { Readable } from 'node:stream';
import { drawReport } from './draw-report.ts';
import { MARGIN } from './page.ts';
import type { ReportData } from './report-data.ts';

export const PDF_TYPE = 'application/pdf';

/** A report as a PDF file; pages leave as soon as they are full. */
export async function writeReport(data: ReportData): Promise<Readable> {
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
  drawReport(doc, data).catch((error: Error) => file.destroy(error));
  return file;
}
