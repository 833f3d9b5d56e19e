import { KubeError } from '../../kube/kube-error.ts';
import { isDatabaseUnavailable } from '../../store/unavailable.ts';
import { ApiProblem } from './api-problem.ts';
import { problemFromKube } from './from-kube-error.ts';

/** What the client hears of an error: problems as they are, fastify's own in our words, all else without internals. */
export function problemFromError(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof KubeError) return problemFromKube(error);
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ApiProblem('body-too-large', 'The body is larger than this address takes: send less.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiProblem(
        'unsupported-media-type',
        'Set Content-Type to one of those that this address takes: application/json, application/yaml for StreamTests, application/octet-stream for batches.',
      );
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new ApiProblem('invalid-json', 'The body is empty: send a JSON document.');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return new ApiProblem(
        'invalid-json',
        'The body is not JSON: check its brackets, quotes and commas (no comma after the last item).',
      );
  }
  if (isDatabaseUnavailable(error)) {
    return new ApiProblem(
      'database-unavailable',
      'Postgres does not answer right now. Agents go on measuring and keep their results; try again in some seconds.',
      { headers: { 'retry-after': '2' }, cause: error },
    );
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    const what = error instanceof SyntaxError ? 'invalid-json' : 'invalid-request';
    return new ApiProblem(what, `The request cannot be read: ${message ?? 'malformed'}.`, { cause: error });
  }
  return new ApiProblem(
    'internal',
    'Something failed that should not have. The log of the operator has the details under the id of this request.',
    { cause: error },
  );
}
