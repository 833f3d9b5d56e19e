import assert from 'node:assert/strict';
import { test } from 'node:test';
import { debianMirrorIn } from './apt-mirror.ts';

test('the mirror is read from deb822 sources', () => {
  const text = 'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\n';
  assert.equal(debianMirrorIn([text]), 'http://mirror.example/debian');
});

test('the mirror is read from one-line sources, past options and past others', () => {
  const lines = [
    '# deb http://old.example/debian buster main',
    'deb https://apt.example/cloud cloud-sdk main',
    'deb http://mirror.example/debian-security bookworm-security main',
    'deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/debian/ bookworm main',
  ];
  assert.equal(debianMirrorIn([lines.join('\n')]), 'https://mirror.example/debian');
});

test('without any the public one is taken', () => {
  assert.equal(debianMirrorIn([]), 'http://deb.debian.org/debian');
});
