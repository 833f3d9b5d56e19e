import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LATER_PROBES, PROBES } from './catalogue.ts';
import type { Probe, Unit } from './probe.ts';

const PROBE_LIST: readonly Probe[] = Object.values(PROBES);
const SUFFIX: Partial<Record<Unit, RegExp>> = {
  seconds: /_seconds$/,
  bytes: /_bytes$/,
  ratio: /_ratio$/,
  hertz: /_hertz$/,
};

test('every metric says what it means, in which unit, and what its absence means', () => {
  for (const probe of PROBE_LIST) {
    assert.ok(probe.metrics.length > 0 && probe.summary.length > 10, probe.name);
    for (const metric of probe.metrics) {
      const name = `${probe.name}.${metric.name}`;
      assert.match(metric.name, /^[a-z][a-z0-9_]{0,62}$/, name);
      assert.ok(metric.meaning.length > 5, `${name} has a meaning`);
      assert.ok(metric.nullMeans.length > 5, `${name} says what null means`);
      const suffix = SUFFIX[metric.unit];
      if (suffix !== undefined) assert.match(metric.name, suffix, `${name} carries its unit`);
      assert.equal(metric.guideField === undefined, metric.guideUnit === undefined, name);
    }
    assert.equal(new Set(probe.metrics.map((metric) => metric.name)).size, probe.metrics.length, probe.name);
  }
});

test('a statistic is answered from a metric that has a histogram', () => {
  for (const probe of PROBE_LIST) {
    for (const { name, of } of probe.metrics) {
      if (of === undefined) continue;
      const source = probe.metrics.find((metric) => metric.name === of.metric);
      assert.ok(source?.kind === 'samples' || source?.kind === 'distribution', `${probe.name}.${name}`);
    }
  }
});

test('the defaults of every probe fit the shortest interval', () => {
  for (const probe of PROBE_LIST) {
    for (const periodMs of [1_000, 2_000, 5_000]) {
      assert.ok(probe.slotBudgetMs({}, periodMs) < periodMs, `${probe.name} at ${periodMs} ms`);
    }
  }
});

test('every slot of a probe with a period of its own fits into it', () => {
  for (const probe of PROBE_LIST) {
    if (probe.ownPeriodMs === undefined) continue;
    const longest = Object.fromEntries(
      Object.entries(probe.options.properties).flatMap(
        ([name, { maximum }]: [string, { maximum?: number }]) =>
          maximum === undefined ? [] : [[name, maximum]],
      ),
    );
    const slotMs = probe.slotBudgetMs({ ...longest, timeout: '10s' }, probe.ownPeriodMs);
    assert.ok(slotMs <= probe.ownPeriodMs, `${probe.name}: ${slotMs} ms`);
  }
});

test('a probe is registered under its own name and is not also announced for later', () => {
  for (const [name, probe] of Object.entries(PROBES)) {
    assert.equal(probe.name, name);
    assert.ok(!(LATER_PROBES as readonly string[]).includes(name));
  }
});

test('phases and their whole are distributions of seconds, each named once', () => {
  for (const probe of PROBE_LIST) {
    const names = probe.phases === undefined ? [] : [probe.phases.total, ...probe.phases.parts];
    assert.equal(new Set(names).size, names.length, probe.name);
    for (const name of names) {
      const metric = probe.metrics.find((candidate) => candidate.name === name);
      assert.deepEqual([metric?.kind, metric?.unit], ['distribution', 'seconds'], `${probe.name}.${name}`);
    }
  }
});
