/** Node's network errors, and SQLSTATEs of a server that is starting, stopping or full (Postgres manual, appendix A). */
const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  // Prisma: a transaction got no connection in time, or its statements no answer.
  'P2028',
]);
/** pg gives these no code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
/** What Prisma's adapter makes of Node's network errors (@prisma/adapter-pg, mapSocketError). */
const KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout']);

/** Whether an error says that Postgres cannot be reached now, rather than that a query is wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isUnavailableCode((error as { code?: unknown }).code)) return true;
  const driver = driverError(error);
  if (KINDS.has(String(driver?.kind)) || isUnavailableCode(driver?.originalCode)) return true;
  return MESSAGES.test(error.message) || isDatabaseUnavailable(error.cause);
}

function isUnavailableCode(code: unknown): boolean {
  return typeof code === 'string' && (code.startsWith('08') || CODES.has(code));
}

interface DriverError {
  readonly kind?: unknown;
  readonly originalCode?: unknown;
}

/** What the driver said, where Prisma threw: below its `meta`, or (at the end of a transaction) the error's cause. */
function driverError(error: Error): DriverError | undefined {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: object } } };
  if (meta?.driverAdapterError !== undefined) return meta.driverAdapterError.cause;
  return error.cause instanceof Error ? undefined : (error.cause as DriverError | undefined);
}
