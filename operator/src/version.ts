import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

/** Version of this operator, from its package. */
export const OPERATOR_VERSION: string = version;
