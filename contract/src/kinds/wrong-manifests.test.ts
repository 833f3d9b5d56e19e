import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkStreamTest } from './check.ts';

type Json = Record<string, unknown>;

/** A manifest with nothing wrong, and a spec of one's own in it. */
function manifest(spec: Json, rest: Json = {}): Json {
  return {
    apiVersion: 'streamswarm.dev/v1alpha1',
    kind: 'StreamTest',
    metadata: { name: 'wrong', namespace: 'shop' },
    spec: { destinations: [{ name: 'edge', host: 'edge.example.net' }], ...spec },
    ...rest,
  };
}
function withoutSpec(): Json {
  const { spec: _, ...rest } = manifest({});
  return rest;
}

const to = (...destinations: Json[]): Json => ({ destinations });
const probing = (...probes: Json[]): Json => ({ probes });

/** What is wrong, where the answer must point, and what a person must read there. */
const WRONG: readonly (readonly [string, Json, string, RegExp])[] = [
  ['no spec', withoutSpec(), 'spec', /^is required$/],
  ['another kind', manifest({}, { kind: 'Streamtest' }), 'kind', /^must be one of StreamTest$/],
  [
    'another version',
    manifest({}, { apiVersion: 'streamswarm.dev/v2' }),
    'apiVersion',
    /streamswarm\.dev\/v1alpha1/,
  ],
  ['no name', manifest({}, { metadata: {} }), 'metadata.name', /^is required$/],
  [
    'a name with capitals',
    manifest({}, { metadata: { name: 'Shop' } }),
    'metadata.name',
    /lower-case letters/,
  ],
  ['no destination', manifest(to()), 'spec.destinations', /^needs at least 1 entry$/],
  [
    '65 destinations',
    manifest(to(...Array.from({ length: 65 }, (_, i) => ({ name: `d${i}`, host: 'a.example' })))),
    'spec.destinations',
    /^may have at most 64 entries$/,
  ],
  [
    'host and url at once',
    manifest(to({ name: 'edge', host: 'a.example', url: 'http://a.example/' })),
    'spec.destinations[0]',
    /exactly one of host, url, service, agents/,
  ],
  [
    'a destination that goes nowhere',
    manifest(to({ name: 'a', host: 'a.example' }, { name: 'b' })),
    'spec.destinations[1]',
    /exactly one of host, url/,
  ],
  [
    'a URL as host',
    manifest(to({ name: 'edge', host: 'https://a.example/' })),
    'spec.destinations[0].host',
    /without scheme, port or path \(use url for those\)/,
  ],
  [
    'an address in hex',
    manifest(to({ name: 'edge', host: '0x7f000001' })),
    'spec.destinations[0].host',
    /hex or octal/,
  ],
  [
    'a URL without a scheme',
    manifest(to({ name: 'edge', url: 'a.example/health' })),
    'spec.destinations[0].url',
    /begins with http:\/\/ or https:\/\//,
  ],
  [
    'a password in a URL',
    manifest(to({ name: 'edge', url: 'https://me:secret@a.example/' })),
    'spec.destinations[0].url',
    /without user name or password/,
  ],
  [
    'two destinations of one name',
    manifest(to({ name: 'edge', host: 'a.example' }, { name: 'edge', host: 'b.example' })),
    'spec.destinations[1].name',
    /a name of its own/,
  ],
  [
    'a misspelt field',
    manifest({ destination: [] }),
    'spec.destination',
    /unknown field: here may stand .*destinations/,
  ],
  [
    'an interval as a number',
    manifest({ interval: 5 }),
    'spec.interval',
    /^must be text: between 1s and 24h, written like 5s/,
  ],
  [
    'an interval in words',
    manifest({ interval: '5 seconds' }),
    'spec.interval',
    /written like 5s, 1m30s or 2h/,
  ],
  ['an interval that is too short', manifest({ interval: '200ms' }), 'spec.interval', /between 1s and 24h/],
  ['days', manifest({ duration: '2d' }), 'spec.duration', /units h, m, s, ms/],
  [
    'a duration shorter than the interval',
    manifest({ interval: '10s', duration: '5s' }),
    'spec.duration',
    /at least one interval/,
  ],
  ['suspend in words', manifest({ suspend: 'yes' }), 'spec.suspend', /^must be true or false$/],
  [
    'a probe without its braces',
    manifest(probing({ icmp: null })),
    'spec.probes[0]',
    /write \{\} when it has no options, as in icmp: \{\}/,
  ],
  [
    'two probes in one entry',
    manifest(probing({ icmp: {}, tcp: {} })),
    'spec.probes[0]',
    /exactly one kind of probe/,
  ],
  [
    'an entry without a probe',
    manifest(probing({ name: 'first' })),
    'spec.probes[0]',
    /exactly one kind of probe.*icmp, dns, tcp, tls, http, trace, host/,
  ],
  [
    'a probe that nobody knows',
    manifest(probing({ ping: {} })),
    'spec.probes[0].ping',
    /unknown kind of probe; this version has icmp, dns, tcp, tls, http, trace, host/,
  ],
  [
    'a probe that is still to come',
    manifest(probing({ mtu: {} })),
    'spec.probes[0].mtu',
    /not supported by this version yet: the mtu probe/,
  ],
  [
    'two probes of one kind',
    manifest(probing({ tcp: { port: 443 } }, { tcp: { port: 80 } })),
    'spec.probes[1].name',
    /set name on each/,
  ],
  [
    'a count out of bounds',
    manifest(probing({ icmp: { count: 101 } })),
    'spec.probes[0].icmp.count',
    /^must be at most 100$/,
  ],
  [
    'a port out of bounds',
    manifest(probing({ tcp: { port: 0 } })),
    'spec.probes[0].tcp.port',
    /^must be at least 1$/,
  ],
  [
    'a port in words',
    manifest(probing({ tcp: { port: 'https' } })),
    'spec.probes[0].tcp.port',
    /^must be a whole number$/,
  ],
  [
    'a class that does not exist',
    manifest(probing({ icmp: { dscp: 'gold' } })),
    'spec.probes[0].icmp.dscp',
    /from 0 to 63 or a class: be, ef/,
  ],
  [
    'a cadence below the interval',
    manifest({ interval: '10s', ...probing({ icmp: { every: '5s' } }) }),
    'spec.probes[0].icmp.every',
    /at least the interval/,
  ],
  [
    'slots that cannot end in time',
    manifest({ interval: '1s', ...probing({ icmp: { count: 60 } }) }),
    'spec.probes[0].icmp',
    /must fit into its interval: lower count or timeout/,
  ],
  [
    'traces more often than one takes',
    manifest({ interval: '1s', ...probing({ trace: { every: '3s', maxHops: 64, count: 10 } }) }),
    'spec.probes[0].trace',
    /must fit into its interval/,
  ],
  [
    'a destination of another test',
    manifest(probing({ tcp: {}, destinations: ['edge', 'egde'] })),
    'spec.probes[0].destinations[1]',
    /the name of a destination of this test/,
  ],
  [
    'a start without a zone',
    manifest({ schedule: { startAt: '2026-12-01T09:00:00' } }),
    'spec.schedule.startAt',
    /with its zone/,
  ],
  [
    'two schedules',
    manifest({ duration: '1m', schedule: { startAt: '2026-12-01T09:00:00Z', cron: '@daily' } }),
    'spec.schedule',
    /exactly one of startAt/,
  ],
  [
    'cron without an end',
    manifest({ schedule: { cron: '@daily' } }),
    'spec.duration',
    /cron needs a duration/,
  ],
  [
    'a limit without its unit',
    manifest({ thresholds: [{ metric: 'icmp.rtt_p95_seconds', above: '50' }] }),
    'spec.thresholds[0].above',
    /a number with the unit of the metric/,
  ],
  [
    'a limit on nothing',
    manifest({ thresholds: [{ metric: 'icmp.rtt_p96_seconds', above: '50ms' }] }),
    'spec.thresholds[0].metric',
    /a metric of a probe of this test/,
  ],
  [
    'a limit on a word',
    manifest({ thresholds: [{ metric: 'icmp.stamp', above: '50ms' }] }),
    'spec.thresholds[0].metric',
    /that is a number/,
  ],
  [
    'cron in words',
    manifest({ duration: '1m', schedule: { cron: 'every day' } }),
    'spec.schedule.cron',
    /five cron fields such as "\*\/15 \* \* \* \*"/,
  ],
  [
    'a zone of another planet',
    manifest({ duration: '1m', schedule: { cron: '@daily', timeZone: 'Mars/Phobos' } }),
    'spec.schedule.timeZone',
    /such as Europe\/Berlin/,
  ],
  [
    'a label that none can have',
    manifest({}, { metadata: { name: 'wrong', labels: { team: 'a b' } } }),
    'metadata.labels.team',
    /a label value/,
  ],
];

for (const [what, wrong, path, message] of WRONG) {
  test(`refused: ${what}`, () => {
    const checked = checkStreamTest(wrong);
    assert.ok(!checked.ok);
    const there = checked.problems.find((problem) => problem.path === path);
    assert.ok(
      there,
      `points to ${path}, not to ${checked.problems.map((problem) => problem.path).join(', ')}`,
    );
    assert.match(there.message, message);
  });
}

test('each wrong field has its own line, and only one', () => {
  const checked = checkStreamTest(
    manifest({ destinations: [{ name: 'A', host: 'a b' }], interval: '5', probes: [{ icmp: { count: 0 } }] }),
  );
  assert.ok(!checked.ok);
  assert.deepEqual(checked.problems.map((problem) => problem.path).sort(), [
    'spec.destinations[0].host',
    'spec.destinations[0].name',
    'spec.interval',
    'spec.probes[0].icmp.count',
  ]);
});

test('a part that is wrong is named, and not the whole for its sake', () => {
  const agents = { matchExpressions: [{ key: 'zone', operator: 'Inn', values: ['b'] }] };
  const checked = checkStreamTest(manifest({ sources: { agents } }));
  assert.deepEqual(checked.ok ? [] : checked.problems.map((problem) => problem.path), [
    'spec.sources.agents.matchExpressions[0].operator',
  ]);
});

test('of another type, what is allowed is said too', () => {
  const checked = checkStreamTest(
    manifest({ thresholds: [{ metric: 'icmp.rtt_p95_seconds', above: 0.05 }] }),
  );
  assert.match(
    checked.ok ? '' : (checked.problems[0]?.message ?? ''),
    /^must be text: a number with its unit, in quotes/,
  );
});

test('what is no mapping at all is said so', () => {
  for (const value of [null, [], 'StreamTest', 7, undefined]) {
    const checked = checkStreamTest(value);
    assert.ok(!checked.ok);
    assert.match(checked.problems[0]?.message ?? '', /a mapping with apiVersion, kind, metadata and spec/);
  }
});
