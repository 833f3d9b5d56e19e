import type { Series } from '@streamswarm/contract';
import { formatPercent, joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { runsOf, utcTicks, valueTicks } from './chart-axis.ts';
import { BOLD, type Doc, INK, keepTogether, LINE, left, MUTED, PLAIN, TEXT_SIZE, widthOf } from './page.ts';
import type { ReportChart } from './report-data.ts';

const BAND_HEIGHT = 92;
const LANE_HEIGHT = 22;
const LANE_GAP = 8;
const AXIS = 46;
const HEIGHT = TEXT_SIZE * 2 + BAND_HEIGHT + LANE_GAP + LANE_HEIGHT + 34;
const [OUTER, INNER, MIDDLE, LOSS] = ['#dbe7fb', '#a9c5f4', '#1f5fbf', '#c0392b'] as const;

/** Where the plot stands; x is the middle of a step. */
interface Plot {
  readonly x0: number;
  readonly width: number;
  readonly top: number;
  readonly x: (step: number) => number;
  readonly stepWidth: number;
}

/** Delay as a band over time, and below it the share lost in each step, as lines and areas. */
export function drawChart(doc: Doc, chart: ReportChart): void {
  keepTogether(doc, HEIGHT);
  const { results, series } = chart;
  const top = drawHead(doc, chart);
  const x0 = left + AXIS;
  const width = widthOf(doc) - AXIS;
  const stepWidth = width / Math.max(1, results.steps);
  const plot: Plot = { x0, width, top, stepWidth, x: (step) => x0 + (step + 0.5) * stepWidth };
  drawBand(doc, plot, { series, unit: results.unit });
  const laneTop = top + BAND_HEIGHT + LANE_GAP;
  drawLoss(doc, { ...plot, top: laneTop }, series);
  drawTimes(doc, plot, {
    fromMs: Date.parse(results.from),
    toMs: Date.parse(results.to),
    y: laneTop + LANE_HEIGHT,
  });
  doc.x = left;
  doc.y = laneTop + LANE_HEIGHT + 20;
}

function drawHead(doc: Doc, { title, results, series }: ReportChart): number {
  doc.font(BOLD).fontSize(TEXT_SIZE).fillColor(INK);
  doc.text(title, left, doc.y, { width: widthOf(doc) });
  const layers = isDistributed(series) ? 'p50 line, p95 and p99 band' : 'mean line, band to the largest';
  const served = results.level === 'raw' ? 'raw samples' : 'the rollup of 1 m';
  doc.font(PLAIN).fontSize(7).fillColor(MUTED);
  doc.text(
    `${results.metric}: ${layers}; below, share lost. Steps of ${results.stepSeconds} s from ${served}, all agents.`,
    left,
    doc.y + 1,
    { width: widthOf(doc) },
  );
  return doc.y + 4;
}

function isDistributed(series: Series): boolean {
  return series.p95.some((value) => value !== null);
}

interface Values {
  readonly series: Series;
  readonly unit: string;
}

function drawBand(doc: Doc, plot: Plot, { series, unit }: Values): void {
  const distributed = isDistributed(series);
  const layers = distributed
    ? [
        { values: series.p99, color: OUTER },
        { values: series.p95, color: INNER },
      ]
    : [{ values: series.max, color: OUTER }];
  const line = distributed ? series.p50 : series.mean;
  const axis = valueTicks(layers[0]?.values ?? []);
  const { x0, width, top } = plot;
  const bottom = top + BAND_HEIGHT;
  if (axis === null) {
    doc.font(PLAIN).fontSize(TEXT_SIZE).fillColor(MUTED);
    doc.text('Nothing was measured in this time.', x0, top + BAND_HEIGHT / 2, { width, align: 'center' });
    frame(doc, plot, bottom);
    return;
  }
  const y = (value: number): number => bottom - (value / axis.max) * BAND_HEIGHT;
  for (const tick of axis.ticks) {
    rule(doc, x0, width, y(tick));
    label(doc, joined(metricQuantity(tick, unit)), y(tick));
  }
  for (const { values, color } of layers) fillArea(doc, plot, { values, y, bottom, color });
  strokeLine(doc, plot, { values: line, y });
}

interface Shape {
  readonly values: readonly (number | null)[];
  readonly y: (value: number) => number;
}

function fillArea(
  doc: Doc,
  plot: Plot,
  { values, y, bottom, color }: Shape & { readonly bottom: number; readonly color: string },
): void {
  for (const run of runsOf(values)) {
    const points = pointsOf(run, plot);
    const [first] = points;
    const last = points.at(-1);
    if (first === undefined || last === undefined) continue;
    doc.moveTo(first.x, bottom);
    for (const { x, step } of points) doc.lineTo(x, y(values[step] ?? 0));
    doc.lineTo(last.x, bottom).fill(color);
  }
}

function strokeLine(doc: Doc, plot: Plot, { values, y }: Shape): void {
  for (const run of runsOf(values)) {
    for (const [i, { x, step }] of pointsOf(run, plot).entries()) {
      if (i === 0) doc.moveTo(x, y(values[step] ?? 0));
      else doc.lineTo(x, y(values[step] ?? 0));
    }
    doc.lineWidth(0.9).strokeColor(MIDDLE).stroke();
  }
}

/** A lone step is drawn as wide as a step, or it would not be seen. */
function pointsOf(
  { first, end }: { readonly first: number; readonly end: number },
  { x, stepWidth }: Plot,
): { x: number; step: number }[] {
  if (end - first === 1) {
    return [
      { x: x(first) - stepWidth / 2, step: first },
      { x: x(first) + stepWidth / 2, step: first },
    ];
  }
  return Array.from({ length: end - first }, (_, i) => ({ x: x(first + i), step: first + i }));
}

/** One bar a step, to the scale of the worst; a step without loss has none. */
function drawLoss(doc: Doc, plot: Plot, series: Series): void {
  const { x0, width, top, stepWidth } = plot;
  const bottom = top + LANE_HEIGHT;
  const shares = series.sent.map((sent, step) => (sent === 0 ? 0 : (series.lost[step] ?? 0) / sent));
  const worst = Math.max(0, ...shares);
  rule(doc, x0, width, bottom);
  label(doc, lossWords(series, worst), top + 4);
  for (const [step, share] of shares.entries()) {
    if (share === 0) continue;
    const height = Math.max(1.5, (share / worst) * LANE_HEIGHT);
    doc.rect(x0 + step * stepWidth, bottom - height, Math.max(0.8, stepWidth * 0.85), height).fill(LOSS);
  }
}

/** Where nothing could be lost there is no loss to speak of, not even none. */
function lossWords({ sent }: Series, worst: number): string {
  if (sent.every((packets) => packets === 0)) return 'none sent';
  return worst === 0 ? 'no loss' : formatPercent(worst, 2);
}

function drawTimes(
  doc: Doc,
  { x0, width }: Plot,
  { fromMs, toMs, y }: { readonly fromMs: number; readonly toMs: number; readonly y: number },
): void {
  const WIDTH = 60;
  doc.font(PLAIN).fontSize(6.5).fillColor(MUTED);
  for (const { ms, text } of utcTicks(fromMs, toMs)) {
    const x = x0 + ((ms - fromMs) / Math.max(1, toMs - fromMs)) * width;
    doc
      .moveTo(x, y)
      .lineTo(x, y + 3)
      .lineWidth(0.4)
      .strokeColor(MUTED)
      .stroke();
    const at = Math.min(Math.max(x - WIDTH / 2, left), x0 + width - WIDTH);
    const align = at < x - WIDTH / 2 ? 'right' : 'center';
    doc.text(text, at, y + 4.5, { width: WIDTH, align, lineBreak: false });
  }
}

function frame(doc: Doc, { x0, width, top }: Plot, bottom: number): void {
  rule(doc, x0, width, top);
  rule(doc, x0, width, bottom);
}

function rule(doc: Doc, x: number, width: number, y: number): void {
  doc
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(0.4)
    .strokeColor(LINE)
    .stroke();
}

function label(doc: Doc, text: string, y: number): void {
  doc.font(PLAIN).fontSize(6.5).fillColor(MUTED);
  doc.text(text, left, y - 3, { width: AXIS - 5, align: 'right', lineBreak: false });
}
