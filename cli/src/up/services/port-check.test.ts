import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { portProblem, portText } from './port-check.ts';

test('a port that a stranger has is named, with the way out', async (t) => {
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  t.after(() => stranger.close());
  const address = stranger.address();
  assert.ok(typeof address === 'object' && address !== null);
  const problem = await portProblem('127.0.0.1', address.port);
  assert.ok(problem?.includes(`Port ${address.port} of 127.0.0.1 is in use`), String(problem));
  assert.ok(problem?.includes(`--port ${address.port + 1}`));
  assert.equal(await portProblem('127.0.0.1', 0), null);
});

test('the usual owner of the default port on macOS is named', () => {
  assert.match(portText('EADDRINUSE', { host: '127.0.0.1', port: 5_000, platform: 'darwin' }), /AirPlay/);
  assert.match(portText('EACCES', { host: '127.0.0.1', port: 80, platform: 'linux' }), /root/);
});
