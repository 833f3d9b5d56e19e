import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Command, findCommands, MOST_FOUND } from './find-commands.ts';

const page = (title: string, ...aliases: string[]): Command => ({
  id: title,
  group: 'Pages',
  title,
  aliases,
});
const agent = (title: string): Command => ({ id: title, group: 'Agents', title });
const COMMANDS = [
  page('Overview', 'dashboard'),
  page('Agents', 'clients'),
  agent('worker-b-07'),
  agent('web-07'),
  { ...agent('Stop shop/edge'), group: 'Actions', onlySearched: true },
];
const titles = (text: string): string[] => findCommands(COMMANDS, text).map(({ title }) => title);

test('all words must be there, in any order; other names lead to the same', () => {
  assert.deepEqual(titles('clients'), ['Agents']);
  assert.deepEqual(titles('07 worker'), ['worker-b-07']);
  assert.deepEqual(titles('edge stop'), ['Stop shop/edge']);
  assert.deepEqual(titles('worker zone'), []);
});

test('what begins with the word stands first in its group, groups keep their order', () => {
  assert.deepEqual(titles('we'), ['web-07']);
  assert.deepEqual(titles('e'), ['Overview', 'Agents', 'worker-b-07', 'web-07', 'Stop shop/edge']);
  assert.deepEqual(titles('b'), ['Overview', 'worker-b-07', 'web-07']);
});

test('without words only what can be read at a glance, and never more than a screen', () => {
  assert.deepEqual(titles(' '), ['Overview', 'Agents', 'worker-b-07', 'web-07']);
  const many = Array.from({ length: 500 }, (_, i) => agent(`worker-${i}`));
  assert.equal(findCommands(many, 'worker').length, MOST_FOUND);
});
