import Type from 'typebox';
import type { Api } from '../../api-instance.ts';
import { identityOf } from '../../plugins/request-identity.ts';
import { takeSession } from '../../plugins/session-cookie.ts';
import type { ApiServices } from '../../services.ts';
import { problemResponses } from '../problem-responses.ts';
import { userOf } from './login-answer.ts';

const done = { 204: Type.Null({ description: 'Done.' }), ...problemResponses };

export function logOut(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = { summary: 'Log out of this browser', tags: ['access'], response: done };
  app.delete('/api/v1/login', { schema }, async (request, reply) => {
    const identity = identityOf(request);
    // A session that is over already is just forgotten.
    if (identity?.kind === 'user') await access.logins.logout(identity);
    takeSession(reply);
    return reply.code(204).send(null);
  });

  const everywhere = { summary: 'Log out of all browsers', tags: ['access'], response: done };
  app.delete('/api/v1/login/everywhere', { schema: everywhere }, async (request, reply) => {
    await access.logins.logoutEverywhere(userOf(request));
    takeSession(reply);
    return reply.code(204).send(null);
  });
}
