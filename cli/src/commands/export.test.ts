import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CommandFailed, EXIT } from '../exit-codes.ts';
import { exportCommand } from './export.ts';

/** Bytes that are no text, in two pieces that cut a letter. */
const PIECES = [Buffer.from([0x25, 0x50, 0xff, 0xc3]), Buffer.from([0xbc, 0x00])];
const WHOLE = Buffer.concat(PIECES);

const folder = mkdtempSync(join(tmpdir(), 'streamswarm-export-'));
const asked: string[] = [];
let server: Server;
let address: string;

before(async () => {
  server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    reply.write(PIECES[0]);
    setImmediate(() => reply.end(PIECES[1]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], isTerminal: boolean): Promise<Buffer> {
  const written: (string | Uint8Array)[] = [];
  const room = {
    out: (text: string | Uint8Array) => void written.push(text),
    isTerminal,
    note: () => undefined,
    stdin: () => '',
    nowMs: () => 0,
  };
  await exportCommand(room).parseAsync([...args, '--server', address], { from: 'user' });
  return Buffer.concat(written.map((piece) => Buffer.from(piece)));
}

test('a report is written to a file, byte by byte', async () => {
  const out = join(folder, 'report.pdf');
  await run(['shop/checkout', '--format', 'pdf', '--range', '24h', '--out', out], true);
  assert.deepEqual(readFileSync(out), WHOLE);
  assert.equal(asked.at(-1), '/api/v1/tests/shop/checkout/export?format=pdf&range=24h');
});

test('a report is not thrown at a terminal, and nothing is asked for', async () => {
  const before = asked.length;
  await assert.rejects(run(['hello', '--format', 'pdf'], true), (error: unknown) => {
    assert.ok(error instanceof CommandFailed);
    assert.equal(error.exitCode, EXIT.usage);
    assert.match(error.message, /--out/);
    return true;
  });
  assert.equal(asked.length, before);
});

test('what is sent on is what came, also where a letter is cut', async () => {
  assert.deepEqual(await run(['hello', '--format', 'pdf'], false), WHOLE);
  assert.deepEqual(await run(['hello'], true), WHOLE);
});
