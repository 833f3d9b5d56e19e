import type { Logger } from 'pino';
import type { Leaf } from './issue-leaf.ts';

const LOOK_EVERY_MS = 3_600_000;

export interface RenewLeafOptions {
  /** The certificate in use now. */
  readonly leaf: Leaf;
  readonly logger: Pick<Logger, 'info' | 'error'>;
  nowMs(): number;
  issue(): Promise<Leaf>;
  /** Takes a new certificate into use. */
  install(leaf: Leaf): void;
  /** How often its age is looked at, ms; an hour unless given. */
  readonly lookEveryMs?: number;
}

/** Whether less than a third of its life is left. */
export function isDueForRenewal(leaf: Pick<Leaf, 'notBeforeMs' | 'notAfterMs'>, nowMs: number): boolean {
  return leaf.notAfterMs - nowMs < (leaf.notAfterMs - leaf.notBeforeMs) / 3;
}

/** Renews a certificate before a third of its life is left, for as long as the process runs; returns the end of that. */
export function renewLeaf(options: RenewLeafOptions): () => void {
  let { leaf } = options;
  let isAtWork = false;
  const look = async (): Promise<void> => {
    if (isAtWork || !isDueForRenewal(leaf, options.nowMs())) return;
    isAtWork = true;
    try {
      leaf = await options.issue();
      options.install(leaf);
      options.logger.info({ until: new Date(leaf.notAfterMs) }, 'certificate renewed');
    } catch (error) {
      options.logger.error({ err: error }, 'the certificate could not be renewed: trying again');
    } finally {
      isAtWork = false;
    }
  };
  const timer = setInterval(() => void look(), options.lookEveryMs ?? LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
