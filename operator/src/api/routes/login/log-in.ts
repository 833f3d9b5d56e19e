import { LoginRequest, WhoAmI } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { identityOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { loginAnswer, sourceOf } from './login-answer.ts';

/** A login is small; more is somebody else's. */
export const LOGIN_BODY_BYTES = 8 * 1024;

export function logIn(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Log in with name and password',
    description: 'The answer sets a cookie. Programs use API tokens instead.',
    tags: ['access'],
    body: LoginRequest,
    response: { 200: WhoAmI, ...problemResponses },
  };
  app.post('/api/v1/login', { schema, bodyLimit: LOGIN_BODY_BYTES }, (request, reply) => {
    assertLoginNeeded(identityOf(request)?.kind);
    const { name, password } = request.body;
    return loginAnswer(
      reply,
      access.logins.login(name, password, sourceOf(request)),
      () =>
        new ApiProblem(
          'login-refused',
          'Name and password do not belong together. Who has forgotten a password asks an admin for a new one.',
        ),
    );
  });
}

export function assertLoginNeeded(kind: string | undefined): void {
  if (kind !== 'local') return;
  throw new ApiProblem('no-login-here', 'This address is for this host alone and needs no login.');
}
