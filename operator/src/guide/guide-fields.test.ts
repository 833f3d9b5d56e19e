import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMetric, type Metric, PROBES } from '@streamswarm/contract';
import { DATA_FIELDS, guideValue, measuredField } from './guide-fields.ts';
import { SUBMITTED_FIELDS, sortFields } from './submitted-fields.ts';

const metric = (probe: string, name: string): Metric => {
  const found = findMetric(probe as 'icmp', name);
  assert.ok(found, name);
  return found;
};

test('units of ours become those of the guide', () => {
  assert.equal(guideValue(metric('tcp', 'connect_seconds'), 0.0123), 12.3);
  assert.equal(guideValue(metric('host', 'cpu_ratio'), 0.255), 25.5);
  assert.equal(guideValue(metric('host', 'cpu_frequency_hertz'), 2.4e9), 2_400);
  assert.equal(guideValue(metric('host', 'load_1m'), 1.5), 1.5);
  assert.equal(guideValue(metric('http', 'compression_ratio'), 4), 75, 'a quarter on the wire: 75 % saved');
});

test('every field that a metric answers is one of the guide, and every series is one of its fields', () => {
  for (const { metrics } of Object.values(PROBES)) {
    for (const { guideField } of metrics) {
      if (guideField === undefined) continue;
      assert.ok(SUBMITTED_FIELDS.has(guideField), guideField);
      assert.equal(measuredField(guideField)?.field, guideField);
    }
  }
  for (const field of Object.values(DATA_FIELDS)) assert.ok(SUBMITTED_FIELDS.has(field), field);
  assert.equal(SUBMITTED_FIELDS.size, 84);
  assert.equal(measuredField('power_consumption_watts'), null);
});

test('a submission keeps what the guide names, null stays null, and what is no measurement is refused', () => {
  const given = { ping_latency: 15.3, cpu_percent: null, fan_speeds_rpm: { cpu: 900 }, mood: 'good' };
  assert.deepEqual(sortFields(given), {
    fields: { ping_latency: 15.3, cpu_percent: null, fan_speeds_rpm: { cpu: 900 } },
    ignored: ['mood'],
    problems: [],
  });
  const wrong = { ping_latency: -1, ping_packet_loss: 100.5, cpu_cores: '4', cpu_temperature: -5 };
  assert.deepEqual(
    sortFields(wrong).problems.map(({ path }) => path),
    ['ping_latency', 'ping_packet_loss', 'cpu_cores'],
  );
});
