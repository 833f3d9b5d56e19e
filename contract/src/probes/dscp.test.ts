import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDscp } from './dscp.ts';

test('class names have the code points of their RFCs', () => {
  // RFC 2474 (cs), 2597 (af), 3246 (ef), 5865 (va), 8622 (le).
  const known = {
    be: 0,
    cs0: 0,
    le: 1,
    cs1: 8,
    af11: 10,
    af13: 14,
    af21: 18,
    af41: 34,
    af43: 38,
    va: 44,
    ef: 46,
    cs7: 56,
  };
  for (const [name, point] of Object.entries(known)) assert.equal(parseDscp(name), point, name);
  assert.equal(parseDscp(46), 46);
  assert.equal(parseDscp('46'), 46);
});

test('what is no code point is null', () => {
  for (const wrong of [64, -1, 1.5, '64', 'af44', 'af51', 'cs8', 'EF', '', '0x2e']) {
    assert.equal(parseDscp(wrong), null, String(wrong));
  }
});
