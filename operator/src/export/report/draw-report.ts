import { setImmediate } from 'node:timers/promises';
import { findMetric, OUTCOMES } from '@streamswarm/contract';
import {
  DASH,
  formatCount,
  formatPercent,
  formatSeconds,
  joined,
  metricQuantity,
} from '@streamswarm/contract/format/numbers';
import { drawChart } from './draw-chart.ts';
import { type Column, drawTable } from './draw-table.ts';
import { BOLD, type Doc, fact, INK, left, numberPages, paragraph, section, widthOf } from './page.ts';
import { NO_LETTER, utcTime } from './pdf-text.ts';
import { FIGURES, type Figure, type ReportData, type ReportMethod, type ReportPair } from './report-data.ts';

/** Draws the whole report and ends the document; between its parts others have their turn. */
export async function drawReport(doc: Doc, data: ReportData): Promise<void> {
  drawTitle(doc, data);
  drawBooks(doc, data);
  await drawSummary(doc, data);
  await drawCharts(doc, data);
  await drawEvents(doc, data);
  await drawMethods(doc, data);
  numberPages(doc, { title: `${data.namespace}/${data.name}`, madeMs: data.madeMs });
  doc.end();
}

function drawTitle(doc: Doc, data: ReportData): void {
  doc.font(BOLD).fontSize(18).fillColor(INK);
  doc.text(data.name, left, doc.y, { width: widthOf(doc) });
  paragraph(doc, `Network test of namespace ${data.namespace}, measured by StreamSwarm ${data.version}`, {
    muted: true,
  });
  doc.moveDown(0.6);
  fact(doc, 'Time', `${utcTime(data.fromMs)} to ${utcTime(data.toMs)}. All times in this report are UTC.`);
  const { state, message, generation, run, agents } = data.summary;
  fact(doc, 'State', [state, message].filter((part) => part !== null && part !== '').join(': '));
  fact(
    doc,
    'Run',
    run === null
      ? 'none yet'
      : `#${run.number} since ${utcTime(Date.parse(run.startTime))}, spec revision ${generation}`,
  );
  fact(doc, 'Agents', `${formatCount(agents.reporting)} of ${formatCount(agents.assigned)} reporting`);
  for (const [label, words] of data.facts) fact(doc, label, words);
  if (data.submitted > 0) {
    fact(
      doc,
      'Submitted',
      `${formatCount(data.submitted)} results that scripts submitted are in none of these numbers.`,
    );
  }
}

/** The law by which every slot is somewhere, with its numbers. */
function drawBooks(doc: Doc, { books }: ReportData): void {
  section(doc, 'Where every sample went');
  const from = books.from === null ? 'the first slot' : utcTime(Date.parse(books.from));
  paragraph(
    doc,
    `Slots due from ${from} to ${utcTime(Date.parse(books.to))}, whole minutes. Computed from the plan; unaccounted must be 0.`,
    {
      muted: true,
    },
  );
  if (books.scheduled === 0) {
    paragraph(doc, 'No slot was due in this time.');
    return;
  }
  const parts = OUTCOMES.map((outcome) => `${outcome} ${formatCount(books[outcome])}`);
  paragraph(doc, `scheduled ${formatCount(books.scheduled)} = ${parts.join(' + ')}`, { bold: true });
  paragraph(doc, `ok: ${formatPercent(books.ok / books.scheduled)} of the slots`);
  const reasons = Object.entries(books.reasons).sort(([, a], [, b]) => b - a);
  if (reasons.length > 0) {
    paragraph(
      doc,
      `Why not ok: ${reasons.map(([reason, slots]) => `${reason} ${formatCount(slots)}`).join(', ')}`,
    );
  }
}

const COLUMNS: readonly Column<ReportPair>[] = [
  { title: 'Probe', share: 40, text: ({ probe }) => probe },
  { title: 'Destination', share: 80, text: ({ destination }) => destination ?? 'the agent itself' },
  { title: 'Metric', share: 74, text: ({ metric }) => metric },
  { title: 'n', share: 34, right: true, text: ({ n }) => formatCount(n) },
  ...FIGURES.map(
    (figure: Figure): Column<ReportPair> => ({
      title: figure,
      share: 42,
      right: true,
      text: ({ figures, unit }) => figureText(figures[figure], unit),
    }),
  ),
  { title: 'Lost of sent', share: 84, right: true, text: lossText },
];

function figureText(value: number | null, unit: string): string {
  return value === null ? DASH : joined(metricQuantity(value, unit));
}

function lossText({ lost, sent }: ReportPair): string {
  if (sent === 0) return DASH;
  return `${formatCount(lost)} of ${formatCount(sent)}, ${formatPercent(lost / sent)}`;
}

async function drawSummary(doc: Doc, { pairs }: ReportData): Promise<void> {
  section(doc, 'Summary', 90);
  if (pairs.every(({ n, sent }) => n === 0 && sent === 0)) {
    paragraph(doc, 'Nothing was measured in this time.');
  }
  if (pairs.length === 0) return;
  await drawTable(doc, COLUMNS, pairs);
  paragraph(
    doc,
    `n: values, of all agents together. ${DASH}: not measured, or not kept by the rollup that served this window. Lost of sent: packets for icmp, else slots.`,
    { muted: true, size: 7 },
  );
}

async function drawCharts(doc: Doc, { charts, chartsLeftOut }: ReportData): Promise<void> {
  if (charts.length === 0) return;
  section(doc, 'Delay and loss over time', 170);
  for (const chart of charts) {
    await setImmediate();
    drawChart(doc, chart);
  }
  if (chartsLeftOut === 0) return;
  paragraph(doc, `${formatCount(chartsLeftOut)} more stand in the summary alone.`, { muted: true });
}

const EVENT_COLUMNS: readonly Column<ReportData['events'][number]>[] = [
  { title: 'Time, UTC', share: 80, text: ({ at }) => utcTime(Date.parse(at)) },
  { title: 'What', share: 80, text: ({ reason }) => reason },
  { title: 'Agent', share: 80, text: ({ agent }) => agent ?? '' },
  {
    title: 'In words',
    share: 280,
    text: ({ message, warning }) => (warning ? `Warning: ${message}` : message),
  },
];

async function drawEvents(doc: Doc, { events, hasMoreEvents }: ReportData): Promise<void> {
  section(doc, 'Events and changes');
  if (events.length === 0) {
    const words = hasMoreEvents
      ? 'The events of this time lie behind the newest of the test and are left out.'
      : 'Nothing happened to the test in this time.';
    paragraph(doc, words);
    return;
  }
  await drawTable(doc, EVENT_COLUMNS, events);
  if (hasMoreEvents) paragraph(doc, 'These are the newest; earlier ones are left out.', { muted: true });
}

const METHOD_COLUMNS: readonly Column<ReportMethod>[] = [
  { title: 'Metric', share: 120, text: ({ probe, metric }) => `${probe}.${metric}` },
  { title: 'What was measured', share: 200, text: ({ meaning }) => meaning },
  { title: 'Not measured means', share: 120, text: ({ nullMeans }) => nullMeans },
  {
    title: 'Largest own error',
    share: 70,
    text: ({ selfErrorSeconds }) =>
      selfErrorSeconds === null ? 'not measured' : `\u00b1${formatSeconds(selfErrorSeconds)}`,
  },
];

const OWN_ERROR = findMetric('icmp', 'self_error_seconds')?.meaning ?? 'Own error';

async function drawMethods(doc: Doc, { methods }: ReportData): Promise<void> {
  section(doc, 'How it was measured');
  paragraph(
    doc,
    'Durations come from kernel time stamps or the monotonic clock of the agent; wall clocks only place a slot in time. Percentiles are by nearest rank of raw values, or of merged histograms (1 % relative error) where a rollup served the window.',
    { muted: true },
  );
  doc.moveDown(0.3);
  if (methods.length > 0) {
    await drawTable(doc, METHOD_COLUMNS, methods);
    const words = `${OWN_ERROR}. Where the kernel gave no time stamps, the result itself is off by as much.`;
    paragraph(doc, words, { muted: true, size: 7 });
  }
  paragraph(doc, `${NO_LETTER} stands for each letter that the fonts of this file lack.`, {
    muted: true,
    size: 7,
  });
}
