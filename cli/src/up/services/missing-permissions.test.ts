import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionLines } from './missing-permissions.ts';

test('names what is missing with the command that gives it, and nothing that works or cannot be helped', () => {
  assert.deepEqual(
    permissionLines({
      capabilities: [
        { name: 'icmp', state: 'unavailable', detail: 'EACCES', enable: 'sudo sysctl -w x=1' },
        { name: 'tcp', state: 'works', enable: 'nothing to do' },
        { name: 'kernel-timestamps', state: 'unavailable', reason: 'unsupported' },
      ],
    }),
    ['icmp is unavailable (EACCES); to enable it: sudo sysctl -w x=1'],
  );
});
