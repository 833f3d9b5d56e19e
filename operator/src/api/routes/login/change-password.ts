import { PasswordChange, WhoAmI } from '@streamswarm/contract';
import type { Api } from '../../api-instance.ts';
import { fieldProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { LOGIN_BODY_BYTES } from './log-in.ts';
import { assertGoodPassword, loginAnswer, sourceOf, userOf } from './login-answer.ts';

export function changePassword(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Change your own password; all other browsers are logged out',
    tags: ['access'],
    body: PasswordChange,
    response: { 200: WhoAmI, ...problemResponses },
  };
  app.put('/api/v1/login/password', { schema, bodyLimit: LOGIN_BODY_BYTES }, async (request, reply) => {
    const user = userOf(request);
    assertGoodPassword(request.body.password, user.name);
    return await loginAnswer(reply, access.logins.changePassword(user, request.body, sourceOf(request)), () =>
      fieldProblem('invalid-body', 'current', 'is not the password of this user', 'password'),
    );
  });
}
