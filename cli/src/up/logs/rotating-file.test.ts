import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openRotatingFile } from './rotating-file.ts';

test('keeps the newest lines within its size, over restarts too', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-log-'));
  t.after(() => rmSync(dir, { recursive: true }));
  const file = join(dir, 'logs', 'a.log');
  for (let n = 0; n < 12; n++) {
    const log = openRotatingFile(file, { maxBytes: 20, keep: 2 });
    log.write(`line ${String(n).padStart(4, '0')}`);
    log.close();
  }
  assert.deepEqual(readdirSync(join(dir, 'logs')).sort(), ['a.log', 'a.log.1', 'a.log.2']);
  assert.equal(readFileSync(file, 'utf8'), 'line 0010\nline 0011\n');
  assert.equal(readFileSync(`${file}.1`, 'utf8'), 'line 0008\nline 0009\n');
});
