import { fileURLToPath } from 'node:url';

/** Root folder of this checkout. */
export const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
