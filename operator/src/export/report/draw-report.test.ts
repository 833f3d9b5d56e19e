import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { emptyLine } from '@streamswarm/contract';
import type { ReportData, ReportPair } from './report-data.ts';
import { writeReport } from './write-report.ts';

const NOON = Date.parse('2026-12-01T12:00:00Z');

function pair(i: number): ReportPair {
  return {
    probe: 'icmp',
    destination: `destination-${i}`,
    metric: 'rtts_seconds',
    unit: 'seconds',
    n: 1_000,
    figures: { mean: 0.0123, p50: 0.012, p95: 0.0215, p99: null, max: 0.5 },
    lost: 0,
    sent: 1_000,
  };
}

const REPORT: ReportData = {
  name: 'shop',
  namespace: 'default',
  version: '0.1.0',
  madeMs: NOON,
  fromMs: NOON - 3_600_000,
  toMs: NOON,
  summary: {
    state: 'Running',
    message: null,
    generation: 1,
    run: null,
    agents: { assigned: 1, reporting: 1 },
  },
  facts: [],
  pairs: [],
  charts: [],
  chartsLeftOut: 0,
  books: { from: null, to: new Date(NOON).toISOString(), ...emptyLine(), tests: [], agents: [], probes: [] },
  events: [],
  hasMoreEvents: false,
  methods: [],
  submitted: 0,
};

const fileOf = async (data: ReportData): Promise<Buffer> => await buffer((await writeReport(data)).file);
const pagesOf = (file: Buffer): number =>
  [...file.toString('latin1').matchAll(/\/Type \/Page\b(?!s)/g)].length;

test('a report is a whole PDF file, also of nothing', async () => {
  const file = await fileOf(REPORT);
  assert.ok(file.toString('latin1').startsWith('%PDF-1.'));
  assert.ok(file.toString('latin1').trimEnd().endsWith('%%EOF'));
  assert.equal(pagesOf(file), 1);
});

test('whatever a name holds, the report is whole', async () => {
  // The last one is a letter of Tifinagh behind a joiner, on which fontkit fails.
  for (const name of [
    'Ωμέγα \u2192 Київ',
    '中文 🙂',
    'שלום مرحبا',
    '\ud83d',
    '',
    '\u21a0\u200c\u2d4c\u2017',
  ]) {
    const file = await fileOf({ ...REPORT, name });
    assert.ok(file.toString('latin1').trimEnd().endsWith('%%EOF'), name);
  }
});

test('as many pairs as a test can have take some dozen pages, and the same report is the same file', async () => {
  const pairs = Array.from({ length: 24 * 64 }, (_, i) => pair(i));
  const [file, again] = [await fileOf({ ...REPORT, pairs }), await fileOf({ ...REPORT, pairs })];
  assert.ok(pagesOf(file) > 20 && pagesOf(file) < 80, `${pagesOf(file)} pages`);
  assert.ok(file.length < 500_000, `${file.length} bytes`);
  assert.equal(file.compare(again), 0);
});
