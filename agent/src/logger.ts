import type { Logger } from 'pino';

/** What the agent's parts need of a logger: a constant message, and fields. */
export type AgentLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
