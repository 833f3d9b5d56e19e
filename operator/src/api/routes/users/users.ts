import { NewUser, UserChange, UserList, type UserView } from '@streamswarm/contract';
import Type from 'typebox';
import type { UserChanged, UserRow } from '../../../store/queries/access/users.ts';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { ApiProblem } from '../../problems/api-problem.ts';
import type { ApiServices } from '../../services.ts';
import { assertGoodPassword, passwordsBusy } from '../login/login-answer.ts';
import { problemResponses } from '../problem-responses.ts';

const Path = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });
const tags = ['access'];

export function listUsers(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = { summary: 'Users', tags, response: { 200: UserList, ...problemResponses } };
  app.get('/api/v1/users', { schema }, () => list(access));
}

export function createUser(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Create a user',
    tags,
    body: NewUser,
    response: { 201: UserList, ...problemResponses },
  };
  app.post('/api/v1/users', { schema }, async (request, reply) => {
    const { name, password } = request.body;
    assertGoodPassword(password, name);
    const created = await access.accounts.createUser(request.body, actorOf(request)).catch(passwordsBusy);
    if (!created) throw new ApiProblem('user-exists', `There is a user ${name}. Choose another name.`);
    reply.code(201);
    return await list(access);
  });
}

export function changeUser(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Give a user another role or password; that user is logged out',
    tags,
    params: Path,
    body: UserChange,
    response: { 200: UserList, ...problemResponses },
  };
  app.patch('/api/v1/users/:id', { schema }, async (request) => {
    const { params, body } = request;
    if (body.password !== undefined) {
      const user = (await access.accounts.users()).find(({ id }) => id === params.id);
      assertGoodPassword(body.password, user?.name ?? '');
    }
    assertChanged(await access.accounts.changeUser(params.id, body, actorOf(request)).catch(passwordsBusy));
    return await list(access);
  });
}

export function deleteUser(app: Api, { access }: Pick<ApiServices, 'access'>): void {
  const schema = {
    summary: 'Delete a user, who is logged out',
    tags,
    params: Path,
    response: { 204: Type.Null({ description: 'Deleted.' }), ...problemResponses },
  };
  app.delete('/api/v1/users/:id', { schema }, async (request, reply) => {
    assertChanged(await access.accounts.deleteUser(request.params.id, actorOf(request)));
    return reply.code(204).send(null);
  });
}

function assertChanged(changed: UserChanged): void {
  if (changed.kind === 'unknown') {
    throw new ApiProblem('user-not-found', 'There is no user of this id. GET /api/v1/users lists them.');
  }
  if (changed.kind === 'last-admin') {
    throw new ApiProblem(
      'last-admin',
      'This user is the only admin: nobody could manage users any more. Make somebody else an admin first.',
    );
  }
}

async function list({ accounts }: ApiServices['access']): Promise<UserList> {
  return { items: (await accounts.users()).map(view) };
}

function view(row: UserRow): UserView {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastLoginAt: row.lastLoginAt?.toISOString() ?? null,
  };
}
