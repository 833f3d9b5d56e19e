import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { type ApiMetrics, measureFleet } from '../../metrics.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export function getMetrics(app: Api, services: ApiServices, metrics: ApiMetrics): void {
  const refresh = measureFleet(metrics, services);
  const schema = {
    summary: 'Metrics for Prometheus',
    tags: ['health'],
    response: { 200: Type.String(), ...problemResponses },
  };
  app.get('/metrics', { schema }, async (_request, reply) => {
    await refresh();
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}
