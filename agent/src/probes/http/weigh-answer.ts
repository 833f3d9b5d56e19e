import type { HttpSettings } from '@streamswarm/contract/probes/http';
import type { ProbeOutcome } from '../probe-outcome.ts';
import { decodeBody } from './decode-body.ts';
import type { Answer } from './exchange.ts';

export type Expectations = Pick<HttpSettings, 'expectStatus' | 'expectBody'>;
export type Verdict = Pick<ProbeOutcome, 'outcome' | 'source' | 'reason'>;
/** A rate, why it is none, or null where nothing was transferred. */
export type Rate = number | 'too-short' | 'unsupported' | 'failed' | null;

/** What is kept of an answer: a slot may have many, and their bodies are large. */
export interface Weighed extends Pick<Answer, 'status' | 'headers' | 'protocol'> {
  readonly encoding: string | null;
  readonly bodyBytes: number;
  /** Null where the body could not be decoded, or was not kept. */
  readonly decodedBytes: number | null;
  readonly downloadRate: Rate;
  readonly uploadRate: Rate;
  readonly verdict: Verdict;
}

/** Whether an answer is what was expected, and what its bodies say. */
export async function weighAnswer(
  { status, headers, protocol, body, upload }: Answer,
  expectations: Expectations,
  roundTripSeconds: number,
): Promise<Weighed> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? null;
  const whole = body.whole();
  const decoded = whole === null ? null : await decodeBody(encoding, whole);
  return {
    status,
    headers,
    protocol,
    encoding,
    bodyBytes: body.bytes,
    decodedBytes: decoded?.length ?? null,
    downloadRate: body.rate(roundTripSeconds),
    uploadRate: upload?.rate(roundTripSeconds) ?? null,
    verdict: expectation(status, decoded, expectations),
  };
}

function expectation(
  status: number,
  decoded: Buffer | null,
  { expectStatus, expectBody }: Expectations,
): Verdict {
  const isExpected = expectStatus === null ? status < 400 : expectStatus.includes(status);
  if (!isExpected) return { outcome: 'error', source: 'target', reason: `status-${status}` };
  if (expectBody === null || decoded?.includes(expectBody)) return { outcome: 'ok' };
  return {
    outcome: 'error',
    source: 'target',
    reason: decoded === null ? 'body-not-readable' : 'body-unexpected',
  };
}
