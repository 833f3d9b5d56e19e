import { findMetric, type Limit } from '@streamswarm/contract';
import { joined, metricQuantity } from '@streamswarm/contract/format/numbers';
import { decideFinding } from '../../domain/findings/decide-finding.ts';
import type { Database, Queryable } from '../database.ts';
import { writeEvent } from '../queries/write-event.ts';
import { type LimitedStream, type LimitedTest, limitedStreams, limitedTests } from './limited-streams.ts';
import {
  beginFinding,
  endFinding,
  type FindingEnd,
  type OpenFinding,
  openFindings,
} from './write-findings.ts';

/** Looks at every limit of every test once: what is broken begins, what has recovered ends, each with an event. */
export async function watchLimits(db: Database): Promise<void> {
  const [tests, open] = [await limitedTests(db), await openFindings(db)];
  const looked = new Set<string>();
  for (const test of tests) {
    for (const limit of test.limits) {
      for (const stream of await limitedStreams(db, test.uid, limit)) {
        const known = open.find((finding) => isOf(finding, test, limit, stream));
        if (known !== undefined) looked.add(known.id);
        await lookAt(db, { test, limit, stream, known });
      }
    }
  }
  // Of these the limit, the stream or the test is gone.
  for (const finding of open.filter(({ id }) => !looked.has(id))) {
    const test = tests.find(({ uid }) => uid === finding.testUid);
    const isLimit = test?.limits.some((limit) => isSameLimit(finding, limit)) === true;
    await endFinding(db, finding.id, { reason: isLimit ? 'Closed' : 'Removed', endedMs: null });
  }
}

interface Look {
  readonly test: LimitedTest;
  readonly limit: Limit;
  readonly stream: LimitedStream;
  readonly known: OpenFinding | undefined;
}

async function lookAt(db: Database, { test, limit, stream, known }: Look): Promise<void> {
  const decision = decideFinding(limit, stream.newest, known !== undefined);
  if (decision.kind === 'keep') return;
  await db.transaction(async (tx) => {
    if (decision.kind === 'begin') {
      const { newest: _, ...of } = stream;
      const { beganMs, value } = decision;
      if (await beginFinding(tx, { ...of, ...limit, testUid: test.uid, beganMs, value }))
        await tell(tx, { test, limit, stream, value });
      return;
    }
    const end = { reason: 'Recovered' as FindingEnd, endedMs: decision.endedMs };
    if (known !== undefined && (await endFinding(tx, known.id, end))) {
      await tell(tx, { test, limit, stream, value: null });
    }
  });
}

async function tell(
  tx: Queryable,
  { test, limit, stream, value }: Omit<Look, 'known'> & { readonly value: number | null },
): Promise<void> {
  // Two probes of one kind have the same metrics, and names to tell them apart.
  const named = stream.probe === limit.kind ? '' : `${stream.probe}: `;
  const what = `${named}${limit.kind}.${limit.metric} of ${stream.agent} to ${stream.destination || 'itself'}`;
  const unit = findMetric(limit.kind, limit.metric)?.unit ?? '';
  const shown = (number: number): string => joined(metricQuantity(number, unit));
  const bound = `${limit.side} ${shown(limit.bound)}`;
  await writeEvent(tx, {
    kind: 'test',
    namespace: test.namespace,
    test: test.name,
    agent: stream.agent,
    reason: value === null ? 'LimitRecovered' : 'LimitBroken',
    message:
      value === null
        ? `${what} is no longer ${bound}`
        : `${what} was ${bound}${limit.slots === 1 ? '' : ` in ${limit.slots} slots in a row, last`}: ${shown(value)}`,
    warning: value !== null,
  });
}

function isOf(finding: OpenFinding, test: LimitedTest, limit: Limit, { stream }: LimitedStream): boolean {
  return finding.testUid === test.uid && finding.stream === stream && isSameLimit(finding, limit);
}

function isSameLimit(finding: OpenFinding, limit: Limit): boolean {
  return (['kind', 'metric', 'side', 'bound', 'slots'] as const).every(
    (part) => finding[part] === limit[part],
  );
}
