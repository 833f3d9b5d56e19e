import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ROUTE_POLICIES } from '../access/route-policies.ts';
import type { Api } from './api-instance.ts';
import { fakeApp } from './testing/fake-app.ts';

interface Answer {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly responses?: Readonly<Record<string, Answer>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let app: Api;
let described: Description;
before(async () => {
  app = await fakeApp();
  described = (await app.inject('/api/openapi.json')).json();
});
after(() => app.close());

function operations(): [name: string, operation: Operation][] {
  return Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
}

/** Pages and the description itself: nothing that a program calls. */
const UNDESCRIBED = new Set(['GET /', 'GET /*', 'GET /api/openapi.json']);

test('every route is described', () => {
  const names = new Set(operations().map(([name]) => name));
  const missing = Object.keys(ROUTE_POLICIES)
    .filter((key) => !UNDESCRIBED.has(key) && !key.startsWith('GET /api/docs'))
    .filter((key) => {
      const [method = 'GET', url = '/'] = key.split(' ');
      return app.hasRoute({ method: method as 'GET', url });
    })
    .filter((key) => !names.has(key.replaceAll(/:([a-z]+)/g, '{$1}')));
  assert.deepEqual(missing, []);
});

test('every route has a summary, a tag, and the shapes of its answers', () => {
  const wrong = operations().flatMap(([name, { summary, tags, responses = {} }]) => {
    const codes = Object.keys(responses);
    const good = codes.filter((code) => code.startsWith('2'));
    return [
      summary === undefined || summary === '' ? `${name}: no summary` : null,
      (tags ?? []).length === 0 ? `${name}: no tag` : null,
      good.length === 0 ? `${name}: no success` : null,
      ...good
        .filter(
          (code) => code !== '204' && Object.values(responses[code]?.content ?? {})[0]?.schema === undefined,
        )
        .map((code) => `${name}: ${code} has no shape`),
      codes.some((code) => /^4/.test(code)) ? null : `${name}: no shape of an error`,
    ].filter((problem) => problem !== null);
  });
  assert.deepEqual(wrong, []);
});
