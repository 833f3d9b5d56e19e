import { Accounting } from '@streamswarm/contract';
import { closed } from '@streamswarm/contract/kinds/schema';
import Type, { type Static } from 'typebox';
import type { Api } from '../../api-instance.ts';
import type { AccountingFilter, ApiServices } from '../../services.ts';
import { resolveWindow, windowParameters } from '../../window/window.ts';
import { problemResponses } from '../problem-responses.ts';

const name = (description: string, maxLength = 63) => Type.Optional(Type.String({ maxLength, description }));
const Query = Type.Object(
  {
    ...windowParameters,
    namespace: name('Only tests of this namespace.'),
    test: name('Only tests of this name.'),
    agent: name('Only slots of this agent.', 253),
    probe: name('Only slots of the probe of this name.'),
    destination: name('Only slots towards this destination; of a mesh also NAME/FAR AGENT.', 317),
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
  const { range, from, to, ...filter } = query;
  return {
    ...filter,
    ...(range === undefined && from === undefined && to === undefined ? {} : resolveWindow(query, nowMs)),
  };
}
