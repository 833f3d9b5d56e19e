import { Catalogue } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { catalogue } from '../../views/catalogue.ts';
import { problemResponses } from '../problem-responses.ts';

export function getCatalogue(app: Api): void {
  const schema = {
    summary: 'Probes and metrics of this version',
    tags: ['catalogue'],
    response: { 200: Catalogue, ...problemResponses },
  };
  app.get('/api/v1/catalogue', { schema }, async () => catalogue());
}
