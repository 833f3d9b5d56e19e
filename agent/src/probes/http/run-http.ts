import { PROBES } from '@streamswarm/contract/probes/catalogue';
import type { HttpSettings } from '@streamswarm/contract/probes/http';
import { nullsOf } from '../null-metrics.ts';
import type { Denied, ProbeOutcome } from '../probe-outcome.ts';
import type { Reach } from '../reach.ts';
import { socketFailure } from '../socket-failure.ts';
import { decodeBody } from './decode-body.ts';
import { nextRequest } from './next-request.ts';
import { cacheHit, databaseSeconds } from './read-headers.ts';
import { type Answered, type Message, type Transaction, transact } from './transact.ts';

/** One request, and those that its redirects lead to as far as they are to be followed. Phases are of the last one. */
export async function runHttp(
  target: URL,
  settings: HttpSettings,
  reach: Reach,
): Promise<ProbeOutcome | Denied> {
  const endMs = performance.now() + settings.timeoutMs;
  const earlier: Answered[] = [];
  let url = target;
  let message: Message = settings;
  for (;;) {
    const last = await transact(url, message, reach, endMs);
    if (last.kind !== 'answered') return judgeUnanswered(last, earlier);
    const next = earlier.length < settings.follow ? nextRequest(url, message, last.answer) : null;
    if (next === null) return judgeAnswer(last, earlier, settings);
    if ('refused' in next) {
      const refusal = { outcome: 'error', source: 'target', reason: next.refused } as const;
      return { ...(await judgeAnswer(last, earlier, settings)), ...refusal };
    }
    earlier.push(last.answer);
    ({ url, message } = next);
  }
}

type Metrics = ProbeOutcome['metrics'];

function judgeUnanswered(
  last: Exclude<Transaction, { kind: 'answered' }>,
  earlier: readonly Answered[],
): ProbeOutcome | Denied {
  if (last.kind === 'denied') return { outcome: 'denied', reason: last.reason };
  const failure =
    last.kind === 'unresolved'
      ? ({ outcome: 'error', source: last.source, reason: last.reason } as const)
      : socketFailure(last.stage, last.code);
  const metrics = { ...noMetrics(), ...phaseMetrics(last), ...responses(earlier) };
  const isSilent = last.kind === 'failed' && last.code === 'ETIMEDOUT';
  return {
    ...failure,
    metrics,
    nulls: nullsOf(metrics, isSilent ? 'timeout' : 'not-applicable'),
    ...addressOf(last),
  };
}

async function judgeAnswer(
  last: Extract<Transaction, { kind: 'answered' }>,
  earlier: readonly Answered[],
  settings: HttpSettings,
): Promise<ProbeOutcome> {
  const { answer } = last;
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? null;
  const decoded = await decodeBody(encoding, answer.body);
  const redirectSeconds = earlier.reduce((sum, { seconds }) => sum + seconds, 0);
  const metrics: Metrics = {
    ...noMetrics(),
    ...phaseMetrics(last),
    ...responses([...earlier, answer]),
    redirect_seconds: earlier.length === 0 ? null : redirectSeconds,
    total_seconds: redirectSeconds + answer.seconds,
    status_code: answer.status,
    body_bytes: answer.body.length,
    compression_ratio:
      decoded === null || answer.body.length === 0 ? null : decoded.length / answer.body.length,
    encoding,
    protocol: answer.protocol,
    cache_hit_ratio: cacheHit(answer.headers),
    server_db_seconds: databaseSeconds(answer.headers),
  };
  const nulls = nullsOf(metrics, 'not-applicable');
  return { ...expectation(answer.status, decoded, settings), metrics, nulls, ...addressOf(last) };
}

function expectation(
  status: number,
  decoded: Buffer | null,
  { expectStatus, expectBody }: HttpSettings,
): Pick<ProbeOutcome, 'outcome' | 'source' | 'reason'> {
  const isExpected = expectStatus === null ? status < 400 : expectStatus.includes(status);
  if (!isExpected) return { outcome: 'error', source: 'target', reason: `status-${status}` };
  if (expectBody === null || decoded?.includes(expectBody)) return { outcome: 'ok' };
  return {
    outcome: 'error',
    source: 'target',
    reason: decoded === null ? 'body-not-readable' : 'body-unexpected',
  };
}

function noMetrics(): Metrics {
  return Object.fromEntries(PROBES.http.metrics.map(({ name }) => [name, null]));
}

function phaseMetrics({ phases }: Transaction): Metrics {
  return Object.fromEntries(Object.entries(phases).map(([name, seconds]) => [`${name}_seconds`, seconds]));
}

function responses(answers: readonly Answered[]): Metrics {
  if (answers.length === 0) return {};
  const ofClass = (digit: number): number =>
    answers.filter(({ status }) => Math.floor(status / 100) === digit).length;
  const counts = [2, 3, 4, 5].map((digit) => [`responses_${digit}xx`, ofClass(digit)]);
  return { ...Object.fromEntries(counts), redirects: answers.length - 1 };
}

function addressOf({ address }: Transaction): Pick<ProbeOutcome, 'address'> {
  return address === null ? {} : { address };
}
