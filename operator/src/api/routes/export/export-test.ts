import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { closed, stringEnum } from '@streamswarm/contract/kinds/schema';
import Type from 'typebox';
import { EXPORT_FORMATS, type ExportFormat, rowFormat } from '../../../export/format-rows.ts';
import { type ExportWish, exportColumns } from '../../../store/queries/export/export-samples.ts';
import type { Api } from '../../api-instance.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import { selectProbe } from '../../results/select-metric.ts';
import type { ApiServices } from '../../services.ts';
import { findTest } from '../../views/read-detail.ts';
import { iso, resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';
import { TestPath } from '../tests/test-path.ts';

/** Each holds a connection to Postgres as long as its reader takes. */
const EXPORTS_AT_ONCE = 2;

const Query = Type.Object(
  {
    ...windowParameters,
    format: Type.Optional(stringEnum(EXPORT_FORMATS, 'Absent: csv. json is one array.')),
    probe: Type.Optional(
      Type.String({
        maxLength: 63,
        description: 'Name of a probe of the test, or a kind. Absent: its first.',
      }),
    ),
    agent: Type.Optional(Type.String({ maxLength: 253, description: 'Only this agent.' })),
    destination: Type.Optional(Type.String({ maxLength: 63, description: 'Only this destination.' })),
  },
  closed,
);

export function exportTest(app: Api, services: ApiServices): void {
  let running = 0;
  const schema = {
    summary: 'Samples of a test as a file, one row a slot, streamed',
    description:
      'Metrics have SI units, which stand in their names. A null metric has its reason in `nulls`.',
    tags: ['results'],
    params: TestPath,
    querystring: Query,
    produces: ['text/csv', 'application/json'],
    response: { 200: Type.Unknown({ description: 'The file.' }), ...problemResponses },
  };
  app.get('/api/v1/tests/:namespace/:name/export', { schema }, async (request, reply) => {
    const { params, query } = request;
    const test = await findTest(services, params);
    const choice = selectProbe(test.manifest.spec, await services.reads.probes(test.uid), query.probe);
    const window = resolveWindow(query, await services.nowMs());
    if (running >= EXPORTS_AT_ONCE) {
      throw new ApiProblem(
        'busy',
        `${EXPORTS_AT_ONCE} exports are under way. Try again when one of them has ended.`,
        {
          headers: { 'retry-after': '5' },
        },
      );
    }
    const { agent = null, destination = null, format = 'csv' } = query;
    const wish: ExportWish = { selection: { ...choice, testUid: test.uid, agent, destination }, window };
    const rows = rowFormat(format, exportColumns(choice.kind));
    const words = [test.namespace, test.name, choice.probe ?? choice.kind, iso(window.toMs)];
    const sink = new PassThrough();
    running++;
    void write(services, { wish, rows, sink })
      .catch((error: unknown) => {
        // The status is sent already: only a cut answer can say that it is not whole.
        if (!sink.destroyed) request.log.warn({ err: error }, 'an export broke off');
        sink.destroy(error as Error);
      })
      .finally(() => running--);
    return reply
      .type(rows.contentType)
      .header('content-disposition', `attachment; filename="${fileName(words, format)}"`)
      .send(sink);
  });
}

interface Writing {
  readonly wish: ExportWish;
  readonly rows: ReturnType<typeof rowFormat>;
  readonly sink: PassThrough;
}

async function write({ exports: { samples } }: ApiServices, { wish, rows, sink }: Writing): Promise<void> {
  const put = async (text: string): Promise<void> => {
    if (sink.destroyed) throw new Error('the reader went away');
    if (!sink.write(text)) await Promise.race([once(sink, 'drain'), once(sink, 'close')]);
  };
  await put(rows.begin());
  await samples(wish, (batch) => put(rows.rows(batch)));
  sink.end(rows.end());
}

/** Of letters that every system takes; names of tests have no others. */
function fileName(words: readonly string[], format: ExportFormat): string {
  return `${words.join('-').replaceAll(/[^A-Za-z0-9-]/g, '-')}.${format}`;
}
