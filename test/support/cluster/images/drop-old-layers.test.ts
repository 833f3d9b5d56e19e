import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untaggedBefore } from './drop-old-layers.ts';

test('only images without a tag go, and only old ones', () => {
  const listing = [
    'sha256:aa|localhost/streamswarm/agent|2026-11-01 17:18:06.092163741 +0000 UTC',
    'sha256:bb|<none>|2026-11-01 17:18:06.026217335 +0000 UTC',
    'sha256:cc|<none>|2026-11-24 17:18:05.974660568 +0000 UTC',
    '',
  ].join('\n');
  assert.deepEqual(untaggedBefore(listing, Date.parse('2026-11-17T00:00:00Z')), ['sha256:bb']);
});
