import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type RowFormatName, rowFormat } from '../../../export/format-rows.ts';
import { type ExportWish, exportColumns } from '../../../store/queries/export/export-samples.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { fileName } from './file-name.ts';

/** Each holds a connection to Postgres as long as its reader takes. */
const EXPORTS_AT_ONCE = 2;
const running = new WeakMap<ApiServices['exports'], number>();

export interface SamplesFile {
  readonly wish: ExportWish;
  readonly format: RowFormatName;
  /** What the file is named after. */
  readonly words: readonly string[];
}

/** Answers with samples as a file, one row a slot, read by a cursor as fast as the reader takes them. */
export function sendSamples(
  { exports }: Pick<ApiServices, 'exports'>,
  { wish, format, words }: SamplesFile,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): FastifyReply {
  takePlace(exports);
  const rows = rowFormat(format, exportColumns(wish.selection.kind));
  const sink = new PassThrough();
  void write(exports, { wish, rows, sink })
    .catch((error: unknown) => {
      // The status is sent already: only a cut answer can say that it is not whole.
      if (!sink.destroyed) request.log.warn({ err: error }, 'an export broke off');
      sink.destroy(error as Error);
    })
    .finally(() => running.set(exports, (running.get(exports) ?? 1) - 1));
  return reply
    .type(rows.contentType)
    .header('content-disposition', `attachment; filename="${fileName(words, format)}"`)
    .send(sink);
}

/** Throws where too many exports are under way. */
function takePlace(exports: ApiServices['exports']): void {
  const now = running.get(exports) ?? 0;
  if (now >= EXPORTS_AT_ONCE) {
    throw new ApiProblem(
      'busy',
      `${EXPORTS_AT_ONCE} exports are under way. Try again when one of them has ended.`,
      { headers: { 'retry-after': '5' } },
    );
  }
  running.set(exports, now + 1);
}

interface Writing {
  readonly wish: ExportWish;
  readonly rows: ReturnType<typeof rowFormat>;
  readonly sink: PassThrough;
}

async function write({ samples }: ApiServices['exports'], { wish, rows, sink }: Writing): Promise<void> {
  const put = async (text: string): Promise<void> => {
    if (sink.destroyed) throw new Error('the reader went away');
    if (!sink.write(text)) await Promise.race([once(sink, 'drain'), once(sink, 'close')]);
  };
  await put(rows.begin());
  await samples(wish, (batch) => put(rows.rows(batch)));
  sink.end(rows.end());
}
