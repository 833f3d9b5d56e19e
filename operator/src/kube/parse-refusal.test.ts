import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGone, isNotFound } from './kube-error.ts';
import { isObjectMissing, refusalOfAnswer, refusalOfEvent } from './parse-refusal.ts';

const wallMs = Date.parse('2026-01-01T00:00:00Z');

// The bodies are what a 1.34 API server sent.
const INVALID =
  '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Namespace \\"A\\" is invalid: metadata.name: Invalid value: \\"A\\": a lowercase RFC 1123 label must consist of ...","reason":"Invalid","details":{"name":"A","kind":"Namespace","causes":[{"reason":"FieldValueInvalid","message":"Invalid value: \\"A\\": a lowercase ...","field":"metadata.name"}]},"code":422}';
const INITIALIZING =
  '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"storage is (re)initializing","reason":"TooManyRequests","details":{"retryAfterSeconds":1},"code":429}';

test('a Status tells status, reason and causes', () => {
  const error = refusalOfAnswer('POST /x', 422, { body: INVALID, retryAfter: undefined, wallMs });
  assert.equal(error.status, 422);
  assert.equal(error.reason, 'Invalid');
  assert.equal(error.retryAfterMs, null);
  assert.deepEqual(error.causes, [
    { field: 'metadata.name', message: 'Invalid value: "A": a lowercase ...' },
  ]);
  assert.match(error.message, /^POST \/x: Namespace "A" is invalid/);
});

test('Retry-After is read from the header, as seconds or as a date, else from the Status', () => {
  const of = (retryAfter: string | undefined): number | null =>
    refusalOfAnswer('GET /x', 429, { body: INITIALIZING, retryAfter, wallMs }).retryAfterMs;
  assert.equal(of('7'), 7_000);
  assert.equal(of('Thu, 01 Jan 2026 00:00:20 GMT'), 20_000);
  assert.equal(of(undefined), 1_000);
  assert.equal(of('soon'), 1_000);
  assert.equal(of('999999'), 300_000, 'never longer than five minutes');
});

test('a kind that is not served is no missing object', () => {
  const noKind = refusalOfAnswer('GET /apis/x/v1/y/z', 404, {
    body: '404 page not found\n',
    retryAfter: undefined,
    wallMs,
  });
  assert.ok(isNotFound(noKind) && !isObjectMissing(noKind));
  assert.match(noKind.message, /HTTP 404: 404 page not found/);
});

test('an ERROR event of a watch is the error that it carries', () => {
  const expired = {
    kind: 'Status',
    message: 'too old resource version: 5 (9)',
    reason: 'Expired',
    code: 410,
  };
  assert.ok(isGone(refusalOfEvent('watch', expired)));
  assert.equal(refusalOfEvent('watch', 'nonsense').status, 500);
});
