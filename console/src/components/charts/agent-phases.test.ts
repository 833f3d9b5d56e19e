import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results, Series } from '@streamswarm/contract/wire/views';
import { agentPhases } from './agent-phases.ts';

type Column = readonly [n: number[], mean: (number | null)[]];

function answer(metric: string, agents: Readonly<Record<string, Column>>): Results {
  const series = Object.entries(agents).map(
    ([agent, [n, mean]]) => ({ agent, destination: null, n, mean }) as unknown as Series,
  );
  return {
    probe: 'http',
    metric,
    unit: 'seconds',
    from: '2026-11-24T10:00:00.000Z',
    to: '2026-11-24T10:00:20.000Z',
    stepSeconds: 10,
    steps: 2,
    level: 'raw',
    series,
  };
}
const rounded = (value: number): number => Number(value.toFixed(9));

test('each agent has the mean of its requests, whichever step they fell into, longest first', () => {
  const found = agentPhases({
    total: answer('total_seconds', {
      a: [
        [1, 3],
        [0.1, 0.2],
      ],
      b: [
        [2, 0],
        [0.5, null],
      ],
    }),
    parts: [
      answer('connect_seconds', {
        a: [
          [1, 3],
          [0.06, 0.1],
        ],
        b: [
          [2, 0],
          [0.1, null],
        ],
      }),
      answer('ttfb_seconds', {
        a: [
          [1, 3],
          [0.04, 0.1],
        ],
        b: [
          [2, 0],
          [0.4, null],
        ],
      }),
    ],
  });
  assert.deepEqual(
    found.map(({ agent, requests, seconds, parts }) => [
      agent,
      requests,
      rounded(seconds),
      parts.map((part) => rounded(part.seconds)),
    ]),
    [
      ['b', 2, 0.5, [0.1, 0.4]],
      // (1 x 0.1 + 3 x 0.2) / 4, and its parts alike.
      ['a', 4, 0.175, [0.09, 0.085]],
    ],
  );
});

test('an agent of which no request ended has no bar', () => {
  const total = answer('total_seconds', {
    a: [
      [0, 0],
      [null, null],
    ],
  });
  assert.deepEqual(
    agentPhases({
      total,
      parts: [
        answer('ttfb_seconds', {
          a: [
            [5, 0],
            [0.1, null],
          ],
        }),
      ],
    }),
    [],
  );
});
