import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY_LINES, KEY_RULES, ruleFor } from './key-map.ts';
import { PLACES } from './nav.ts';

test('every key that does something is told, and means one thing', () => {
  const pressed = KEY_RULES.map(({ key, shift = false }) => `${shift} ${key}`);
  assert.equal(new Set(pressed).size, pressed.length);
  for (const { show } of KEY_RULES)
    assert.ok(
      KEY_LINES.some(([told]) => told === show),
      show,
    );
  assert.equal(new Set(PLACES.map(({ key }) => key)).size, PLACES.length);
});

test('a letter with Shift is another key, a sign is itself however it is typed', () => {
  assert.equal(ruleFor({ key: 'n', shiftKey: false })?.show, 'N');
  assert.equal(ruleFor({ key: 'N', shiftKey: true }), null);
  assert.equal(ruleFor({ key: 'T', shiftKey: true })?.show, 'Shift T');
  assert.equal(ruleFor({ key: 't', shiftKey: false }), null);
  assert.equal(ruleFor({ key: '?', shiftKey: true })?.show, '?');
  assert.equal(ruleFor({ key: '/', shiftKey: true })?.show, '/');
  assert.equal(ruleFor({ key: 'x', shiftKey: false }), null);
});
