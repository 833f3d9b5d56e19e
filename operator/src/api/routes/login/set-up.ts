import { SetupRequest, WhoAmI } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { identityOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { assertLoginNeeded, LOGIN_BODY_BYTES } from './log-in.ts';
import { assertGoodPassword, loginAnswer, sourceOf } from './login-answer.ts';

export function setUp(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Make the first admin by the link that was printed at the start',
    tags: ['access'],
    body: SetupRequest,
    response: { 200: WhoAmI, ...problemResponses },
  };
  app.post('/api/v1/login/setup', { schema, bodyLimit: LOGIN_BODY_BYTES }, (request, reply) => {
    assertLoginNeeded(identityOf(request)?.kind);
    const { token, name, password } = request.body;
    assertGoodPassword(password, name);
    return loginAnswer(
      reply,
      access.logins.setUp(token, { name, password }, sourceOf(request)),
      () =>
        new ApiProblem(
          'setup-refused',
          'The admin link is wrong, used or older than an hour. Start the operator again: as long as there is no user it prints a new one.',
        ),
    );
  });
}
