import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Paths, schemaProblems } from '@streamswarm/contract';
import type { QueryWindow, Selection } from '../store/queries/results/selection.ts';
import { fakeApp } from './testing/fake-app.ts';
import { fakeServices, NOW_MS } from './testing/fake-services.ts';

const SILENT = {
  ttl: 1,
  address: null,
  sent: 3,
  lost: 3,
  minSeconds: null,
  medianSeconds: null,
  maxSeconds: null,
  unreachable: null,
};

test('paths of a test: what was asked for, and times as the API writes them', async () => {
  const asked: [Selection, QueryWindow][] = [];
  const services = fakeServices({
    async networkPaths(selection, window) {
      asked.push([selection, window]);
      const stream = { agent: 'a', destination: 'loopback', hash: '0123456789abcdef' };
      const seen = { firstSeenMs: NOW_MS - 1, lastSeenMs: NOW_MS, traces: 1, reached: 0 };
      return {
        traces: 2,
        unanswered: 1,
        oldestReadMs: NOW_MS - 1,
        distinct: 1,
        paths: [{ ...stream, ...seen, hops: [SILENT] }],
      };
    },
  });
  const app = await fakeApp(services);
  const query = 'agent=a&destination=loopback&from=2026-12-01T10:00:00Z&to=2026-12-01T11:00:00Z';
  const answer = await app.inject(`/api/v1/tests/default/hello/paths?${query}`);
  assert.equal(answer.statusCode, 200, answer.body);
  const paths = answer.json() as Paths;
  assert.deepEqual(schemaProblems(Paths, paths), []);
  assert.equal(paths.oldestRead, '2026-12-01T11:59:59.999Z');
  assert.equal(paths.paths[0]?.lastSeen, '2026-12-01T12:00:00.000Z');
  assert.deepEqual(paths.paths[0]?.hops, [SILENT]);
  const [[selection, window] = []] = asked;
  assert.deepEqual(selection, {
    testUid: 'uid-of-default-hello',
    kind: 'trace',
    probe: null,
    agent: 'a',
    destination: 'loopback',
    by: 'stream',
  });
  assert.deepEqual(window, { fromMs: NOW_MS - 7_200_000, toMs: NOW_MS - 3_600_000 });
  await app.close();
});
