const CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);

/** An error of ours that says, as those of Node do, that nobody answered. */
export function notReached(code: 'ECONNRESET' | 'ETIMEDOUT', message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Whether nobody answered: what may be otherwise in a moment. */
export function isNotReached(error: unknown): boolean {
  return CODES.has((error as NodeJS.ErrnoException).code ?? '');
}
