import { BatchAck, decodeFrame, MAX_FRAME_BYTES } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import type { ApiMetrics } from '../../metrics.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices, IngestResult } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { requireAgent, sessionOf } from './require-agent.ts';

export function acceptBatch(app: Api, { agents }: Pick<ApiServices, 'agents'>, metrics: ApiMetrics): void {
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: MAX_FRAME_BYTES },
    async (_request: unknown, body: Buffer) => body,
  );
  const schema = {
    summary: 'The word of an agent, mostly with a batch',
    description: 'Acknowledged after the commit. 400 is final, 503 says when to try again.',
    tags: ['agent uplink'],
    consumes: ['application/octet-stream'],
    response: { 200: BatchAck, ...problemResponses },
  };
  const options = { schema, bodyLimit: MAX_FRAME_BYTES, onRequest: requireAgent(agents) };
  app.post('/agent/v1/batches', options, async (request) => {
    const { word, batch } = readFrame(request.body);
    const result = await agents.ingest(sessionOf(request).agentId, word, batch);
    const outcome = result.kind === 'ack' && result.ack.duplicate ? 'duplicate' : result.kind;
    metrics.ingestFrames.inc({ result: outcome });
    metrics.ingestBytes.inc((request.body as Buffer).length);
    return ackOf(result);
  });
}

function readFrame(body: unknown): { word: unknown; batch: Uint8Array | null } {
  const frame = Buffer.isBuffer(body) ? decodeFrame(body) : null;
  if (frame === null) {
    throw new ApiProblem(
      'invalid-frame',
      'A frame is four bytes with the length of the word, the word as JSON, and the batch, sent as application/octet-stream; its lengths do not fit, or the word is not JSON.',
    );
  }
  return frame;
}

function ackOf(result: IngestResult): BatchAck {
  switch (result.kind) {
    case 'ack':
      return result.ack;
    case 'invalid':
      throw new ApiProblem(
        'invalid-batch',
        `Refused for good: ${result.detail}. Sending it again will not help.`,
      );
    case 'busy':
      throw new ApiProblem('busy', 'Too many batches are in work. Keep this one and send it again later.', {
        headers: { 'retry-after': String(result.retryAfterSeconds) },
      });
  }
}
