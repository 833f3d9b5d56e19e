import type { Api } from '../api-instance.ts';
import type { ApiMetrics } from '../metrics.ts';

/** Times every answer by the pattern of its route: paths themselves would be labels without end. */
export function timeRequests(app: Api, metrics: ApiMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.httpSeconds.observe(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      },
      reply.elapsedTime / 1_000,
    );
  });
}
