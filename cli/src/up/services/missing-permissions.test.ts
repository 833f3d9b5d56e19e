import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissionLines } from './missing-permissions.ts';

test('names what a permission is missing for with the command that gives it, and nothing else', () => {
  assert.deepEqual(
    permissionLines({
      capabilities: [
        {
          name: 'icmp',
          state: 'unavailable',
          reason: 'no-permission',
          detail: 'EACCES',
          enable: 'sudo sysctl -w x=1',
        },
        { name: 'clock', state: 'limited', reason: 'not-synchronised', enable: 'run an NTP client' },
        { name: 'tcp', state: 'works', enable: 'nothing to do' },
        { name: 'kernel-timestamps', state: 'unavailable', reason: 'unsupported' },
      ],
    }),
    ['icmp is unavailable (EACCES); to enable it: sudo sysctl -w x=1'],
  );
});
