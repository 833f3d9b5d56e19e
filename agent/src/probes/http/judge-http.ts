import { PROBES } from '@streamswarm/contract/probes/catalogue';
import { nullsOf } from '../null-metrics.ts';
import type { Denied, NullReason, ProbeOutcome } from '../probe-outcome.ts';
import { socketFailure } from '../socket-failure.ts';
import { cacheHit, databaseSeconds } from './read-headers.ts';
import type { Repeated } from './repeat.ts';
import type { Answered, Transaction, Unanswered } from './transact.ts';
import type { Rate, Verdict, Weighed } from './weigh-answer.ts';

type Metrics = ProbeOutcome['metrics'];

/** What the requests of one slot have come to. */
export interface Answers {
  readonly last: Extract<Transaction, { kind: 'answered' }>;
  /** Those whose redirects were followed. */
  readonly earlier: readonly Answered[];
  readonly repeated: Repeated;
  /** Why a redirect was not followed that should have been. */
  readonly refused?: string;
}

export function judgeUnanswered(last: Unanswered, earlier: readonly Answered[]): ProbeOutcome | Denied {
  if (last.kind === 'denied') return { outcome: 'denied', reason: last.reason };
  const metrics = {
    ...noMetrics(),
    ...phaseMetrics(last),
    ...(earlier.length === 0 ? {} : { ...responses(earlier), redirects: earlier.length - 1 }),
  };
  const isSilent = last.kind === 'failed' && last.code === 'ETIMEDOUT';
  return {
    ...failureOf(last),
    metrics,
    nulls: nullsOf(metrics, isSilent ? 'timeout' : 'not-applicable'),
    ...addressOf(last),
  };
}

export function judgeAnswers({ last, earlier, repeated, refused }: Answers): ProbeOutcome | Denied {
  const { answer } = last;
  const { answers: again, broken, reused } = repeated;
  if (broken?.kind === 'denied') return { outcome: 'denied', reason: broken.reason };
  const redirectSeconds = earlier.reduce((sum, { seconds }) => sum + seconds, 0);
  const { bodyBytes, decodedBytes, headers } = answer;
  const isRepeated = again.length > 0 && broken === null;
  const metrics: Metrics = {
    ...noMetrics(),
    ...phaseMetrics(last),
    ...responses([...earlier, answer, ...again]),
    redirects: earlier.length,
    redirect_seconds: earlier.length === 0 ? null : redirectSeconds,
    total_seconds: redirectSeconds + answer.seconds,
    status_code: answer.status,
    body_bytes: bodyBytes,
    download_bits_per_second: rateOf(answer.downloadRate),
    upload_bits_per_second: rateOf(answer.uploadRate),
    reuse_ratio: isRepeated ? reused / again.length : null,
    compression_ratio: decodedBytes === null || bodyBytes === 0 ? null : decodedBytes / bodyBytes,
    encoding: answer.encoding,
    protocol: answer.protocol,
    cache_hit_ratio: cacheHit(headers),
    server_db_seconds: databaseSeconds(headers),
  };
  const reasons = {
    ...reasonOf('download_bits_per_second', answer.downloadRate),
    ...reasonOf('upload_bits_per_second', answer.uploadRate),
    ...(broken === null ? {} : { reuse_ratio: 'failed' as const }),
  };
  const verdict = verdictOf([answer, ...again], broken);
  return {
    ...(refused === undefined ? verdict : { outcome: 'error', source: 'target', reason: refused }),
    metrics,
    nulls: nullsOf(metrics, 'not-applicable', reasons),
    ...addressOf(last),
  };
}

/** The first thing that was not as expected. */
function verdictOf(
  answers: readonly Weighed[],
  broken: Exclude<Repeated['broken'], { kind: 'denied' }>,
): Verdict {
  const unexpected = answers.find(({ verdict }) => verdict.outcome !== 'ok');
  if (unexpected !== undefined) return unexpected.verdict;
  return broken === null ? { outcome: 'ok' } : failureOf(broken);
}

function failureOf(failed: Exclude<Unanswered, { kind: 'denied' }>): Verdict {
  if (failed.kind === 'failed') return socketFailure(failed.stage, failed.code);
  return { outcome: 'error', source: failed.source, reason: failed.reason };
}

const rateOf = (rate: Rate): number | null => (typeof rate === 'number' ? rate : null);

function reasonOf(metric: string, rate: Rate): Record<string, NullReason> {
  return typeof rate === 'string' ? { [metric]: rate } : {};
}

function noMetrics(): Metrics {
  return Object.fromEntries(PROBES.http.metrics.map(({ name }) => [name, null]));
}

function phaseMetrics({ phases }: Transaction): Metrics {
  return Object.fromEntries(Object.entries(phases).map(([name, seconds]) => [`${name}_seconds`, seconds]));
}

function responses(answers: readonly Pick<Weighed, 'status'>[]): Metrics {
  const ofClass = (digit: number): number =>
    answers.filter(({ status }) => Math.floor(status / 100) === digit).length;
  return Object.fromEntries([2, 3, 4, 5].map((digit) => [`responses_${digit}xx`, ofClass(digit)]));
}

function addressOf({ address }: Transaction): Pick<ProbeOutcome, 'address'> {
  return address === null ? {} : { address };
}
