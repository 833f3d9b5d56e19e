import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDatabaseUnavailable } from './unavailable.ts';

const withCode = (code: string): Error => Object.assign(new Error('x'), { code });
const byAdapter = (cause: object): Error => Object.assign(new Error('x'), { cause });
const byClient = (cause: object): Error =>
  Object.assign(new Error('x'), { meta: { driverAdapterError: { cause } } });

for (const [what, error] of [
  ['a network error of Node', withCode('ECONNREFUSED')],
  ['a server that is told to stop', withCode('57P01')],
  ['a connection exception', withCode('08006')],
  ['a wrapped one', new Error('x', { cause: withCode('ETIMEDOUT') })],
  ['what Prisma throws at a statement', byClient({ kind: 'postgres', originalCode: '57P01' })],
  [
    'what its adapter throws at the end of a transaction',
    byAdapter({ kind: 'postgres', originalCode: '57P01' }),
  ],
  ['a socket of the adapter', byAdapter({ kind: 'ConnectionClosed' })],
  ['pg without a code', new Error('Connection terminated unexpectedly')],
] as const) {
  test(`${what} says that Postgres is away`, () => assert.equal(isDatabaseUnavailable(error), true));
}

for (const [what, error] of [
  ['a wrong query', withCode('42P01')],
  ['a wrong query through Prisma', byClient({ kind: 'postgres', originalCode: '23505' })],
  ['a wrong query at the end of a transaction', byAdapter({ kind: 'postgres', originalCode: '40001' })],
  ['a cause that is a word', new Error('x', { cause: 'because' })],
  ['no error at all', 'ECONNREFUSED'],
] as const) {
  test(`${what} does not`, () => assert.equal(isDatabaseUnavailable(error), false));
}
