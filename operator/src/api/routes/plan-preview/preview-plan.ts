import { PlanPreview } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { invalidPreview, previewPlan } from '../../plan-preview/preview-plan.ts';
import { parseYaml, YAML_TYPES } from '../../plugins/yaml-body.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';

export async function previewPlanRoute(app: Api, services: ApiServices): Promise<void> {
  await app.register(async (scope: Api) => {
    // A body that cannot be parsed is an answer here, not an error: people are typing it.
    scope.removeAllContentTypeParsers();
    const types = ['application/json', ...YAML_TYPES];
    scope.addContentTypeParser(types, { parseAs: 'string' }, async (_request: unknown, body: string) => body);
    const schema = {
      summary: 'What a manifest would do; nothing is created',
      description:
        'The body is a StreamTest as JSON or YAML. Always 200: what is wrong stands in `problems`.',
      tags: ['tests'],
      consumes: ['application/json', 'application/yaml'],
      response: { 200: PlanPreview, ...problemResponses },
    };
    scope.post('/api/v1/plan-preview', { schema }, async ({ body }) =>
      preview(services, typeof body === 'string' ? body : ''),
    );
  });
}

async function preview({ reads, fleetInfo }: ApiServices, text: string): Promise<PlanPreview> {
  try {
    // JSON is YAML, so one parser reads both.
    const manifest = parseYaml(text);
    return previewPlan(manifest, { agents: await reads.agents(), kubernetes: fleetInfo.kubernetes });
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return invalidPreview([{ path: '', message: error.message, rule: 'syntax' }]);
  }
}
