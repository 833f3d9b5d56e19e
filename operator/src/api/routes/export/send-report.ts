import { PassThrough, pipeline } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { PDF_TYPE, writeReport } from '../../../export/report/write-report.ts';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import { readReport } from '../../report/read-report.ts';
import type { ApiServices } from '../../services.ts';
import { iso, type TimeWindow } from '../../window/window.ts';
import { fileName } from './file-name.ts';

/** Each asks some dozens of queries and holds what it draws. */
const REPORTS_AT_ONCE = 2;
const running = new WeakMap<ApiServices['exports'], number>();

/** Answers with a report of a test as a PDF file. */
export async function sendReport(
  services: ApiServices,
  { test, window }: { readonly test: StoredTest; readonly window: TimeWindow },
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { exports } = services;
  const now = running.get(exports) ?? 0;
  if (now >= REPORTS_AT_ONCE) {
    throw new ApiProblem(
      'busy',
      `${REPORTS_AT_ONCE} reports are being made. Try again when one of them is ready.`,
      { headers: { 'retry-after': '5' } },
    );
  }
  running.set(exports, now + 1);
  const done = (): void => void running.set(exports, (running.get(exports) ?? 1) - 1);
  try {
    const { file, drawn } = await writeReport(await readReport(services, test, window));
    void drawn.then(done);
    const words = [test.namespace, test.name, iso(window.toMs)];
    reply.type(PDF_TYPE).header('content-disposition', `attachment; filename="${fileName(words, 'pdf')}"`);
    return reply.send(pipeline(file, new PassThrough(), () => undefined));
  } catch (error) {
    done();
    throw error;
  }
}
