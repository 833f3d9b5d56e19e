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

/** Of these, those where not even a host answered: what waits for a way wakes nobody when it asks again soon. */
const SILENT = new Set(['EAI_AGAIN', 'EHOSTDOWN', 'EHOSTUNREACH', 'ENETDOWN', 'ENETUNREACH', 'ETIMEDOUT']);

/** An error of ours that says, as those of Node do, that nobody answered. */
export function notReached(code: 'ECONNRESET' | 'ETIMEDOUT', message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** Whether nobody answered: what may be otherwise in a moment. */
export function isNotReached(error: unknown): boolean {
  return CODES.has(codeOf(error));
}

/** Whether nothing came back at all, not even a refusal. */
export function isSilence(error: unknown): boolean {
  return SILENT.has(codeOf(error));
}

/** Whether the kernel gave up a connection that stood: its keep-alive, or what it had sent, was never answered. */
export function isDeadConnection(error: unknown): boolean {
  const { syscall } = error as NodeJS.ErrnoException;
  return codeOf(error) === 'ETIMEDOUT' && (syscall === 'read' || syscall === 'write');
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
