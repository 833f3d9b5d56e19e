import type { ProbeOutcome } from './probe-outcome.ts';

/** Where a connection had come to when it ended. */
export type Stage = 'connect' | 'tls' | 'ttfb' | 'download';

type Failure = Pick<ProbeOutcome, 'outcome' | 'source' | 'reason'>;

/** What the end of a connection means. Nothing answered is `lost`; a far end that answered and then fell silent is not. */
export function socketFailure(stage: Stage, code: string): Failure {
  if (code === 'ETIMEDOUT')
    return stage === 'connect'
      ? { outcome: 'lost' }
      : { outcome: 'error', source: 'target', reason: `timeout-${stage}` };
  switch (code) {
    case 'ECONNREFUSED':
      return { outcome: 'error', source: 'target', reason: 'refused' };
    case 'ECONNRESET':
    case 'EPIPE':
      return { outcome: 'error', source: 'target', reason: 'reset' };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { outcome: 'error', source: 'network', reason: 'unreachable' };
    case 'EACCES':
    case 'EPERM':
      return { outcome: 'error', source: 'local', reason: 'no-permission' };
    default: {
      const isLocal = code === 'EADDRNOTAVAIL' || code === 'EMFILE';
      return { outcome: 'error', source: isLocal ? 'local' : 'target', reason: code.toLowerCase() };
    }
  }
}

export function errorCode(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : 'failed';
}
