import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planBells } from './plan-bells.ts';

test('only the agents that are named hear of a change; an empty payload is for all of them', () => {
  let say: (payload: string) => void = () => undefined;
  const bells = planBells({
    listen(_channel, handler) {
      say = handler;
      return () => undefined;
    },
  });
  const heard: string[] = [];
  const offs = ['a', 'a', 'b'].map((id, i) => bells.onChange(id, () => heard.push(`${id}${i}`)));
  say('["a","z"]');
  assert.deepEqual(heard.splice(0), ['a0', 'a1']);
  say('');
  assert.deepEqual(heard.splice(0), ['a0', 'a1', 'b2']);
  offs[0]?.();
  say('["a","b"]');
  assert.deepEqual(heard.splice(0), ['a1', 'b2']);
  for (const off of offs) off();
  say('');
  assert.deepEqual(heard, []);
});
