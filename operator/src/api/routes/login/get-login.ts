import { WhoAmI } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { identityOf } from '../../plugins/request-identity.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { whoAmI } from './login-answer.ts';

export function getLogin(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Who asks, and whether this address needs a login',
    tags: ['access'],
    response: { 200: WhoAmI, ...problemResponses },
  };
  app.get('/api/v1/login', { schema }, async (request, reply) => {
    const identity = identityOf(request);
    const loginNeeded = identity?.kind !== 'local';
    const setupPossible = identity === null && (await access.logins.isSetUpPossible());
    reply.header('cache-control', 'no-store');
    return whoAmI(identity, { loginNeeded, setupPossible });
  });
}
