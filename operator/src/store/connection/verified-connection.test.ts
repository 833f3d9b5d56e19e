import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifiedConnection } from './verified-connection.ts';

const AT = 'postgresql://user:p%40ss@db.example.net:5432/results';

test('without a CA the URL alone says how', () => {
  const url = `${AT}?sslmode=disable`;
  assert.deepEqual(verifiedConnection(url, undefined), { connectionString: url });
});

test('with a CA nothing of the URL takes it away', () => {
  const ssl = { ca: 'PEM' };
  for (const query of ['', '?sslmode=verify-full', '?sslmode=require', '?ssl=true']) {
    assert.deepEqual(verifiedConnection(`${AT}${query}`, 'PEM'), { connectionString: AT, ssl });
  }
  assert.deepEqual(verifiedConnection(`${AT}?sslmode=verify-ca&options=-c%20a%3Db`, 'PEM'), {
    connectionString: `${AT}?options=-c+a%3Db`,
    ssl,
  });
});

test('a URL that contradicts is refused, and its password is not told', () => {
  for (const [query, says] of [
    ['sslmode=disable', /sslmode=disable.*say sslmode=verify-full, or leave DATABASE_CA_FILE out/],
    ['sslmode=no-verify', /sslmode=no-verify/],
    ['ssl=0', /ssl=0/],
    ['sslrootcert=/pki/ca.pem', /sets sslrootcert, which does not go with DATABASE_CA_FILE/],
    ['sslmode=require&uselibpqcompat=true', /uselibpqcompat/],
  ] as const) {
    assert.throws(
      () => verifiedConnection(`${AT}?${query}`, 'PEM'),
      ({ message }: Error) => {
        assert.match(message, says);
        assert.doesNotMatch(message, /p%40ss/);
        return true;
      },
    );
  }
});
