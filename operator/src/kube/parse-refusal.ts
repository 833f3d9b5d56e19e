import { KubeError, type KubeErrorCause } from './kube-error.ts';

/** A `v1.Status`, as far as it is read; every field may be missing. */
interface StatusBody {
  readonly kind?: unknown;
  readonly message?: unknown;
  readonly reason?: unknown;
  readonly code?: unknown;
  readonly details?: { readonly retryAfterSeconds?: unknown; readonly causes?: unknown } | null;
}

const DETAIL_CHARACTERS = 300;
/** A server may ask for patience, but not for ever. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/** The error that an HTTP answer of 400 or more stands for. `what` names the request for people. */
export function refusalOfAnswer(
  what: string,
  status: number,
  { body, retryAfter, wallMs }: { body: string; retryAfter: string | undefined; wallMs: number },
): KubeError {
  const parsed = statusBody(body);
  if (parsed === null) {
    return new KubeError(
      `${what}: HTTP ${status}: ${body.slice(0, DETAIL_CHARACTERS).trim() || 'no reason given'}`,
      {
        status,
        // A kind that is not served is answered in plain text and has no reason; see `isObjectMissing`.
        reason: '',
        retryAfterMs: headerMs(retryAfter, wallMs),
      },
    );
  }
  return refusalOfStatus(what, parsed, { status, retryAfterMs: headerMs(retryAfter, wallMs) });
}

/** The error of an ERROR event of a watch, which carries a Status. */
export function refusalOfEvent(what: string, object: unknown): KubeError {
  const parsed: StatusBody = typeof object === 'object' && object !== null ? object : {};
  const status = typeof parsed.code === 'number' ? parsed.code : 500;
  return refusalOfStatus(what, parsed, { status, retryAfterMs: null });
}

/** True where the API server knows the kind and has no such object; false where the kind itself is not served. */
export function isObjectMissing(error: KubeError): boolean {
  return error.status === 404 && error.reason === 'NotFound';
}

function refusalOfStatus(
  what: string,
  parsed: StatusBody,
  { status, retryAfterMs }: { status: number; retryAfterMs: number | null },
): KubeError {
  const seconds = parsed.details?.retryAfterSeconds;
  const said = typeof parsed.message === 'string' ? parsed.message : 'no reason given';
  return new KubeError(`${what}: ${said}`, {
    status,
    reason: typeof parsed.reason === 'string' ? parsed.reason : '',
    retryAfterMs:
      retryAfterMs ?? (typeof seconds === 'number' && seconds > 0 ? bounded(seconds * 1_000) : null),
    causes: causesOf(parsed.details?.causes),
  });
}

function statusBody(body: string): StatusBody | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return null;
    return (parsed as StatusBody).kind === 'Status' ? parsed : null;
  } catch {
    return null;
  }
}

function causesOf(causes: unknown): KubeErrorCause[] {
  if (!Array.isArray(causes)) return [];
  return causes.map((cause: { field?: unknown; message?: unknown } | null) => ({
    field: typeof cause?.field === 'string' ? cause.field : '',
    message: typeof cause?.message === 'string' ? cause.message : '',
  }));
}

/** RFC 9110, 10.2.3: seconds or a date. */
function headerMs(header: string | undefined, wallMs: number): number | null {
  if (header === undefined) return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - wallMs;
  return Number.isFinite(ms) ? bounded(ms) : null;
}

function bounded(ms: number): number {
  return Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, ms));
}

/** A stream that says what no API server says, or what could not be taken in. */
export function brokenStream(what: string, line: Buffer, cause?: unknown): KubeError {
  const said = line.subarray(0, 60).toString('latin1');
  return new KubeError(`${what}: the stream is broken at ${JSON.stringify(said)}`, {
    status: 0,
    reason: 'Unreachable',
    cause,
  });
}

/** A stream on which nothing came: the connection may be dead, or there was nothing to say. */
export function silentStream(what: string, ms: number): KubeError {
  return new KubeError(`${what}: no byte came for ${ms / 1_000} s`, { status: 0, reason: 'Silent' });
}
