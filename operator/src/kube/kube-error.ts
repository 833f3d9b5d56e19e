export interface KubeErrorCause {
  /** Path in the object, such as `spec.interval`; '' where the server names none. */
  readonly field: string;
  readonly message: string;
}

export interface KubeErrorFacts {
  readonly status: number;
  readonly reason: string;
  readonly retryAfterMs?: number | null;
  readonly causes?: readonly KubeErrorCause[];
  readonly cause?: unknown;
}

/**
 * The API server refused a request (status 400 and more) or did not answer it (status 0: no connection, no answer in
 * time, a broken answer; `cause` says which).
 */
export class KubeError extends Error {
  /** HTTP status; 0 where no whole answer came. */
  readonly status: number;
  /** The server's own word, such as NotFound, Conflict, Expired; Unreachable or Silent where status is 0. */
  readonly reason: string;
  /** How long the server asks to wait; null where it does not say. */
  readonly retryAfterMs: number | null;
  /** Which fields are wrong, for a refused object. */
  readonly causes: readonly KubeErrorCause[];

  constructor(message: string, { status, reason, retryAfterMs = null, causes = [], cause }: KubeErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'KubeError';
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
    this.causes = causes;
  }
}

/** No whole answer came: the request may or may not have been carried out. */
export function isUnreachable(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 0;
}

/** 404: the object, or the kind itself (its CRD), is not there. */
export function isNotFound(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 404;
}

/** 409 because the object has changed, by resourceVersion, uid or the ownership of a field. */
export function isConflict(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 409 && error.reason !== 'AlreadyExists';
}

export function isAlreadyExists(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 409 && error.reason === 'AlreadyExists';
}

/** 410: the resourceVersion or the page is too old; a new list is needed. */
export function isGone(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 410;
}

/** 422: the object breaks its schema or a rule; `causes` say where. */
export function isInvalid(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 422;
}

/** 401: the credential is missing, expired or unknown. */
export function isUnauthorized(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 401;
}

/** 403: RBAC or an admission policy says no, or the namespace is being deleted. */
export function isForbidden(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 403;
}

export function isTooManyRequests(error: unknown): error is KubeError {
  return error instanceof KubeError && error.status === 429;
}

/** Trying the same again later can succeed: no answer, 429, or an error of the server's own. */
export function isTransient(error: unknown): error is KubeError {
  return error instanceof KubeError && (error.status === 0 || error.status === 429 || error.status >= 500);
}
