import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GUIDE_DEFAULTS, readGuideSettings, settingsWithoutEffect } from './guide-settings.ts';

test('the variables of the guide set what tests of scripts are like', () => {
  assert.deepEqual(readGuideSettings({}), GUIDE_DEFAULTS);
  const env = {
    DEFAULT_TEST_DURATION: '60',
    DEFAULT_TEST_INTERVAL: '2',
    CLIENT_HEARTBEAT_INTERVAL: '10',
    PING_COUNT: '4',
    PING_TIMEOUT: '30',
    TRACEROUTE_TIMEOUT: '60',
    HTTP_BANDWIDTH_TEST_SIZE: '1048576',
  };
  assert.deepEqual(readGuideSettings(env), {
    durationSeconds: 60,
    intervalSeconds: 2,
    heartbeatSeconds: 10,
    pingCount: 4,
    pingTimeoutSeconds: 30,
    traceTimeoutSeconds: 60,
    pageBytes: 1_048_576,
  });
});

test('the switch is on unless it says off', () => {
  assert.equal(readGuideSettings({ STREAMSWARM_GUIDE_API: 'off' }), null);
  assert.deepEqual(readGuideSettings({ STREAMSWARM_GUIDE_API: '' }), GUIDE_DEFAULTS);
  assert.throws(() => readGuideSettings({ STREAMSWARM_GUIDE_API: 'no' }), /must be on or off, not no/);
});

for (const [name, text] of [
  ['DEFAULT_TEST_DURATION', '0'],
  ['DEFAULT_TEST_INTERVAL', '1.5'],
  ['PING_COUNT', 'four'],
  ['PING_TIMEOUT', '301'],
  ['TRACEROUTE_TIMEOUT', '0'],
  ['HTTP_BANDWIDTH_TEST_SIZE', '10MB'],
] as const) {
  test(`${name}=${text} is refused by name`, () => {
    assert.throws(
      () => readGuideSettings({ [name]: text }),
      new RegExp(`^Error: ${name} must be a whole number`),
    );
  });
}

test('what does nothing in this version is said, and what asks for nothing is not', () => {
  assert.deepEqual(settingsWithoutEffect({ SPEEDTEST_ENABLED: 'false', TCP_BANDWIDTH_TIMEOUT: '' }), []);
  assert.deepEqual(settingsWithoutEffect({ SPEEDTEST_ENABLED: 'true', TRACEROUTE_TIMEOUT: '60' }), [
    "SPEEDTEST_ENABLED is set and does nothing: tests that the guide's API makes have no throughput probe yet",
  ]);
});
