import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressText, addressValue, labelsText, labelsValue } from './form-address.ts';

test('a Service is one line, there and back', () => {
  const table: [text: string, value: object][] = [
    ['checkout', { name: 'checkout' }],
    ['shop/checkout', { name: 'checkout', namespace: 'shop' }],
    ['shop/checkout:8443', { name: 'checkout', namespace: 'shop', port: 8443 }],
    ['checkout:https', { name: 'checkout', port: 'https' }],
    // while it is typed
    ['shop/', { name: '', namespace: 'shop' }],
    ['checkout:', { name: 'checkout', port: '' }],
  ];
  for (const [text, value] of table) {
    assert.deepEqual(addressValue('service', text), value, text);
    assert.equal(addressText('service', value), text);
  }
  assert.equal(addressText('service', undefined), '');
  assert.equal(addressText('service', { name: 'x', more: 1 }), null, 'stays in the YAML');
});

test('labels are one line, there and back; none is every agent', () => {
  assert.deepEqual(labelsValue('zone=b, tier=web'), { matchLabels: { zone: 'b', tier: 'web' } });
  assert.equal(labelsText({ matchLabels: { zone: 'b', tier: 'web' } }), 'zone=b,tier=web');
  assert.deepEqual(labelsValue(' '), {});
  assert.equal(labelsText({}), '');
  assert.equal(labelsText({ matchExpressions: [] }), null, 'stays in the YAML');
});

test('hosts and URLs are what they are', () => {
  assert.equal(addressValue('host', 'edge.example.net'), 'edge.example.net');
  assert.equal(addressText('url', 'https://shop.example.net'), 'https://shop.example.net');
});
