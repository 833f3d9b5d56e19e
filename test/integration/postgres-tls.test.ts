// A Postgres that its own authority vouches for, and the operator that is to believe nobody else.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Operator, startOperator } from '@streamswarm/operator/operator';
import { issueLeaf } from '@streamswarm/operator/tls/issue-leaf';
import { makeCa } from '@streamswarm/operator/tls/make-ca';
import pg from 'pg';
import { pino } from 'pino';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { waitUntil } from '../support/wait-until.ts';

const folder = mkdtempSync(join(tmpdir(), 'streamswarm-ca-'));
const caFile = join(folder, 'ca.pem');
const otherCaFile = join(folder, 'other-ca.pem');
let postgres: TestPostgres;

before(async () => {
  const now = Date.now();
  const [ca, other] = [await makeCa(now), await makeCa(now)];
  writeFileSync(caFile, ca.certificatePem);
  writeFileSync(otherCaFile, other.certificatePem);
  postgres = await startTestPostgres({
    tls: await issueLeaf(ca, { dnsNames: ['db.example.net'], ips: ['127.0.0.1'] }, now),
  });
});
after(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const start = (databaseCaFile: string | null, databaseUrl = postgres.url): Promise<Operator> =>
  startOperator(
    {
      ...{ databaseUrl, databaseCaFile, host: '127.0.0.1', port: 0, consoleDir: null },
      ...{ logLevel: 'silent', cluster: null },
    },
    pino({ level: 'silent' }),
  );

/** How many connections of the operator are there, by whether they are encrypted. */
async function connections(): Promise<readonly { readonly ssl: boolean; readonly name: string }[]> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  const { rows } = await client.query<{ ssl: boolean; name: string }>(
    `select distinct ssl, application_name as name from pg_stat_ssl join pg_stat_activity using (pid)
     where application_name like 'streamswarm%' order by name`,
  );
  await client.end();
  return rows;
}

test('with the right CA every connection is encrypted, the one that listens too', async (t) => {
  const operator = await start(caFile);
  t.after(() => operator.stop());
  await waitUntil('pool and listener are connected', async () => (await connections()).length === 2);
  assert.deepEqual(await connections(), [
    { ssl: true, name: 'streamswarm' },
    { ssl: true, name: 'streamswarm listen' },
  ]);
});

test('of two CAs in the file either is believed, so that one can be replaced', async () => {
  const both = join(folder, 'both.pem');
  writeFileSync(both, readFileSync(otherCaFile, 'utf8') + readFileSync(caFile, 'utf8'));
  await (await start(both)).stop();
});

test('a server of another CA is refused with what to do', async () => {
  await assert.rejects(start(otherCaFile), ({ message, cause }: Error) => {
    assert.match(message, /^Postgres shows a certificate that no authority in .*other-ca\.pem has signed \(/);
    assert.match(message, /put the certificate of the one that did into this file \(DATABASE_CA_FILE\)$/);
    return cause instanceof Error;
  });
});

test('a verified connection without a CA says that one can be given', async () => {
  await assert.rejects(
    start(null, `${postgres.url}?sslmode=verify-full`),
    /no public authority has signed \(.*\): give the certificate of the one that did, with DATABASE_CA_FILE/,
  );
});

test('a server of another name is refused with both names', async () => {
  await assert.rejects(
    start(caFile, postgres.url.replace('127.0.0.1', 'localhost')),
    /certificate for another name \(.*localhost.*db\.example\.net.*\): name in DATABASE_URL what the certificate names/,
  );
});

test('a server without TLS is refused', async (t) => {
  const plain = await startTestPostgres();
  t.after(() => plain.stop());
  await assert.rejects(
    start(caFile, plain.url),
    /Postgres does not speak TLS.*switch it on there \(ssl = on\)/,
  );
});

test('a file that holds no certificate is named', async () => {
  const empty = join(folder, 'empty.pem');
  writeFileSync(empty, '');
  await assert.rejects(
    start(empty),
    /empty\.pem must hold the certificate of the authority.*DATABASE_CA_FILE/,
  );
  await assert.rejects(start(join(folder, 'none')), /none must hold.*ENOENT/);
});
