import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkStreamTest } from '@streamswarm/contract';
import { parse } from 'yaml';
import { type CommandEnd, runCommand } from '../support/command.ts';
import { inParallel } from '../support/in-parallel.ts';
import { type Product, startProduct } from '../support/product.ts';
import { waitUntil } from '../support/wait-until.ts';

const MANIFESTS = fileURLToPath(new URL('../cluster/manifests/', import.meta.url));

let product: Product;
let folder: string;

before(async () => {
  product = await startProduct(['--hello', 'off']);
  folder = mkdtempSync(join(tmpdir(), 'streamswarm-cli-'));
});
after(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cli = (args: readonly string[], input?: string): Promise<CommandEnd> =>
  runCommand(args, {
    env: { STREAMSWARM_SERVER: product.url },
    ...(input === undefined ? {} : { input }),
  });

async function ok(args: readonly string[], input?: string): Promise<string> {
  const { code, out, err } = await cli(args, input);
  assert.equal(code, 0, `streamswarm ${args.join(' ')}\n${out}${err}`);
  return out;
}

const manifest = (name: string, interval = '1s'): string => `apiVersion: streamswarm.dev/v1alpha1
kind: StreamTest
metadata: {name: ${name}}
spec:
  interval: ${interval}
  destinations: [{name: here, host: 127.0.0.1}]
  probes: [{icmp: {count: 1}}, {tcp: {port: ${new URL(product.url).port}}}]
`;

test('a test is made, shown, changed, exported and deleted', async () => {
  const file = join(folder, 'street.yaml');
  writeFileSync(file, manifest('street'));
  assert.match(
    await ok(['apply', '-f', file, '--dry-run']),
    /^streamtest\/street would run on 1 agent: 2 streams, /,
  );
  assert.equal((await cli(['get', 'test', 'street'])).code, 3, 'a dry run makes nothing');
  assert.equal((await cli(['diff', '-f', file])).code, 1);
  assert.equal(await ok(['apply', '-f', file]), 'streamtest/street created\n');
  assert.equal(await ok(['apply', '-f', file]), 'streamtest/street unchanged\n');
  assert.equal(await ok(['diff', '-f', file]), '');
  const changed = await cli(['diff', '-f', '-'], manifest('street', '2s'));
  assert.deepEqual(
    [changed.code, changed.out.match(/^[-+] .*$/gm)],
    [1, ['-  interval: 1s', '+  interval: 2s']],
  );
  assert.equal(await ok(['apply', '-f', '-'], manifest('street', '2s')), 'streamtest/street configured\n');

  await waitUntil('the test reports', async () => / Running .* 1\/1 /.test(await ok(['get', 'tests'])));
  assert.equal(await ok(['get', 'tests', '-o', 'name']), 'streamtest/street\n');
  assert.match(
    await ok(['get', 'tests', '-A', '-o', 'wide']),
    /^NAMESPACE .*DESTINATIONS +PROBES\ndefault .* here +icmp,tcp$/m,
  );
  // As it is shown it can be applied again.
  assert.equal(
    await ok(['apply', '-f', '-'], await ok(['get', 'test', 'street', '-o', 'yaml'])),
    'streamtest/street unchanged\n',
  );
  const described = await ok(['describe', 'street']);
  assert.match(described, /^State: +Running$/m);
  assert.match(described, /^Books: +scheduled \d+ = ok \d+ .* unaccounted 0$/m);
  assert.match(await ok(['get', 'runs', 'street']), /^ +2 +SpecChanged .* running$/m);
  assert.match(await ok(['get', 'agents', '-o', 'wide']), /^\S+ +Host +yes +1 +2 /m);
  assert.match(await ok(['get', 'events']), /TestCreated +street/);

  assert.match(
    await ok(['results', 'street']),
    /^AGENT +DESTINATION +VALUES +LOSS +ERROR +P50 +P95 +P99\n\S+ +here +\d+ +0\.000\s% +0 +[\d.]+\sms /,
  );
  assert.match(await ok(['top', '--probe', 'tcp', '-o', 'wide']), /^\S+ +here +\d+ .*ms$/m);
  const csv = await waitUntil('a sample is exported', async () => {
    const text = await ok(['export', 'street', '--probe', 'tcp']);
    return text.split('\n').length > 2 && text;
  });
  assert.match(csv, /^time,agent,destination,outcome,.*connect_seconds/);
  const out = join(folder, 'street.json');
  await ok(['export', 'street', '--format', 'json', '--out', out]);
  const rows = JSON.parse(readFileSync(out, 'utf8')) as { outcome: string }[];
  assert.ok(rows.length > 0 && rows.every(({ outcome }) => outcome === 'ok'));

  for (const [verb, did] of [
    ['stop', 'stopped'],
    ['start', 'started'],
    ['suspend', 'suspended'],
    ['resume', 'resumed'],
  ]) {
    assert.equal(await ok([String(verb), 'street']), `streamtest/street ${did}\n`);
  }
  assert.equal(await ok(['delete', 'street']), 'streamtest/street deleted\n');
  assert.equal((await cli(['delete', 'street'])).code, 3);
  await ok(['delete', 'street', '--ignore-not-found']);
});

test('a folder is applied as a whole, or not at all', async () => {
  const dir = join(folder, 'many');
  mkdirSync(join(dir, 'below'), { recursive: true });
  writeFileSync(join(dir, 'a.yaml'), `${manifest('many-a')}---\n${manifest('many-b')}`);
  writeFileSync(join(dir, 'below', 'c.yml'), manifest('many-c').replace('1s', '1'));
  writeFileSync(join(dir, 'note.txt'), 'no manifest');
  const refused = await cli(['apply', '-f', dir]);
  assert.deepEqual(
    [refused.code, refused.out, refused.err],
    [
      4,
      '',
      `${join(dir, 'below', 'c.yml')}: spec.interval: must be text: between 1s and 24h, written like 5s, 1m30s or 2h (units h, m, s, ms)\n`,
    ],
  );
  assert.equal(await ok(['get', 'tests', '-o', 'name']), '');
  writeFileSync(join(dir, 'below', 'c.yml'), manifest('many-c'));
  assert.equal(
    await ok(['apply', '-f', dir]),
    ['a', 'b', 'c'].map((name) => `streamtest/many-${name} created\n`).join(''),
  );
  await ok(['delete', '-f', dir]);
});

test('every wrong manifest is refused with the path and what is allowed, and makes nothing', async () => {
  const wrong = readdirSync(MANIFESTS).filter((name) => name.startsWith('b'));
  assert.ok(wrong.length >= 30);
  await inParallel(wrong, 4, async (name) => {
    const path = join(MANIFESTS, name);
    const { code, out, err } = await cli(['apply', '-f', path]);
    assert.deepEqual([code, out], [4, ''], `${name}: ${err}`);
    const checked = checkStreamTest(parse(readFileSync(path, 'utf8'), { uniqueKeys: false }));
    const expected = checked.ok
      ? []
      : checked.problems.map(({ path: field, message }) => `${field}: ${message}`);
    for (const problem of expected) assert.ok(err.includes(problem), `${name} says:\n${err}not ${problem}`);
    assert.match(err, /: [a-z]\S*: .{8}|not YAML/, name);
  });
  assert.equal(await ok(['get', 'tests', '-A', '-o', 'name']), '');
});

test('one probe runs once without an operator', async () => {
  const port = new URL(product.url).port;
  const tcp = await runCommand(['probe', 'tcp', '127.0.0.1', '--set', `port=${port}`, '-o', 'json']);
  const found = JSON.parse(tcp.out) as { outcome: string; metrics: { connect_seconds: number } };
  assert.deepEqual([tcp.code, found.outcome], [0, 'ok']);
  assert.ok(found.metrics.connect_seconds > 0);
  const http = await runCommand(['probe', 'http', product.url]);
  assert.match(http.out, /: ok\nMETRIC +VALUE +WHY NOT\ntotal_seconds +[\d.]+\sms\n/);
  assert.match(http.out, /^tls_seconds +- +not-applicable$/m);
  const refused = await runCommand(['probe', 'tcp', '127.0.0.1', '--set', 'port=1']);
  assert.deepEqual([refused.code, /: error by target \(/.test(refused.out)], [1, true], refused.out);
  const typo = await runCommand(['probe', 'tcp', '127.0.0.1', '--set', 'prot=1']);
  assert.deepEqual(
    [typo.code, typo.err],
    [4, '--set prot: unknown field: here may stand port, dscp, family, every, timeout\n'],
  );
  assert.equal((await runCommand(['probe', 'host', 'x'])).code, 2);
  assert.match((await runCommand(['probe', 'host'])).out, /^cpu_ratio +[\d.]+\s%$/m);
});

test('what this host can measure is told without an operator', async () => {
  const { code, out } = await runCommand(['doctor']);
  assert.match(out, /^CAPABILITY +STATE +WHY\nicmp +(works|limited|unavailable) /);
  assert.equal(code, /unavailable/.test(out) ? 1 : 0);
});

test('join tokens are made, listed and revoked', async () => {
  const made = JSON.parse(
    await ok(['join-token', 'create', '--name', 'f7', '--label', 'site=x', '-o', 'json']),
  ) as {
    id: string;
    token: string;
  };
  assert.match(
    await ok(['join-token', 'create']),
    /^streamswarm agent --server https:\S+ --token \S+ --ca-fingerprint sha256:[0-9a-f]{64}\n$/,
  );
  const listed = await ok(['join-token', 'list', '-o', 'wide']);
  assert.match(listed, new RegExp(`^${made.id} +f7 +open .* site=x$`, 'm'));
  assert.ok(!listed.includes(made.token));
  await ok(['join-token', 'revoke', made.id]);
  assert.match(await ok(['join-token', 'list']), new RegExp(`^${made.id} +f7 +revoked `, 'm'));
  const wrong = await cli(['join-token', 'create', '--label', 'a b=c']);
  assert.deepEqual([wrong.code, /labels\.a b: /.test(wrong.err)], [4, true]);
});

test('wrong use, an absent operator and an unknown certificate have their own words and codes', async () => {
  for (const args of [['--nope'], ['get'], ['get', 'nothing'], ['apply'], ['frobnicate']]) {
    const { code, err } = await cli(args);
    assert.equal(code, 2, args.join(' '));
    assert.ok(err.length > 10, args.join(' '));
  }
  const absent = await cli(['get', 'tests', '--server', 'http://127.0.0.1:9']);
  assert.equal(absent.code, 5);
  assert.match(absent.err, /does not answer.*streamswarm up/);
  const open = await cli(['get', 'tests', '--server', 'http://198.18.0.1', '--token', 'x']);
  assert.deepEqual([open.code, /https only/.test(open.err)], [2, true]);
  const never = await runCommand(['leave', '--state-dir', folder]);
  assert.deepEqual([never.code, never.err], [1, `${folder} has joined no operator.\n`]);
});

test('every command has help with an example', async () => {
  const names = [...(await ok(['--help'])).matchAll(/^ {2}([a-z-]+)(?: \[| <| {3})/gm)].map(([, name]) =>
    String(name),
  );
  assert.ok(names.length >= 16, names.join(' '));
  for (const name of names.filter((word) => word !== 'help')) {
    assert.match(await ok([name, '--help']), /Usage: streamswarm [\s\S]*(Examples?:|Commands:)/, name);
  }
  assert.match(await ok(['completion', 'bash']), /complete /);
});
