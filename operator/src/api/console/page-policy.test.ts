import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineScriptHashes, pagePolicy } from './page-policy.ts';

// printf %s 'alert(1)' | openssl dgst -sha256 -binary | base64
const ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";

test('inline scripts are named by their hash, scripts with a source are not', () => {
  const html =
    '<script src="/a.js" async=""></script><script>alert(1)</script><script id="x">alert(1)</script><p>script</p>';
  assert.deepEqual(inlineScriptHashes(html), [ALERT]);
});

test('a page may run its own scripts and nothing else', () => {
  const policy = pagePolicy('<script>alert(1)</script>');
  assert.ok(policy.includes(`script-src 'self' ${ALERT};`));
  assert.ok(!/script-src[^;]*unsafe/.test(policy));
  assert.ok(policy.includes("frame-ancestors 'none'"));
});
