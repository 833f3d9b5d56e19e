import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachableAddress } from './reachable-address.ts';

test('an address that others can reach, IPv4 first', () => {
  const table: [addresses: string[], expected: string | null][] = [
    [['127.0.0.1', '198.18.0.5'], '198.18.0.5'],
    [['2001:db8::5', '198.18.0.5'], '198.18.0.5'],
    [['::1', 'fe80::1', 'febf::1', '2001:db8::5'], '2001:db8::5'],
    [['169.254.7.7', 'fd00::5'], 'fd00::5'],
    [['127.0.0.1', '::1', '::', '0.0.0.0', 'fe80::1%eth0'], null],
    [[], null],
  ];
  for (const [addresses, expected] of table)
    assert.equal(reachableAddress(addresses), expected, addresses.join(' '));
});
