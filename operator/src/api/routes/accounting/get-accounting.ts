import { Accounting } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type, { type Static } from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { AccountingFilter, ApiServices } from '../../services.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

const name = (description: string) => Type.Optional(Type.String({ maxLength: 63, description }));
const Query = Type.Object(
  {
    ...windowParameters,
    namespace: name('Only tests of this namespace.'),
    test: name('Only tests of this name.'),
  },
  closed,
);

export function getAccounting(app: Api, services: ApiServices): void {
  const schema = {
    summary: 'The books: what was scheduled and what became of it',
    description: 'Without range, from and to: everything since the first slot.',
    tags: ['books'],
    querystring: Query,
    response: { 200: Accounting, ...problemResponses },
  };
  app.get('/api/v1/accounting', { schema }, async ({ query }) =>
    services.books.accounting(accountingFilter(query, await services.nowMs())),
  );
}

function accountingFilter(query: Static<typeof Query>, nowMs: number): AccountingFilter {
  const { namespace, test, range, from, to } = query;
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(test === undefined ? {} : { test }),
    ...(range === undefined && from === undefined && to === undefined ? {} : resolveWindow(query, nowMs)),
  };
}
