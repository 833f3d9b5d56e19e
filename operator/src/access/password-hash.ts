import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost of scrypt (RFC 7914): 2^15 blocks of 8 three times, 32 MiB, as the OWASP password storage sheet has it. */
export const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
type Cost = { readonly N: number; readonly r: number; readonly p: number };

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Hashing at once: each takes 32 MiB and a tenth of a second of a core, and anybody may ask for it. */
const AT_ONCE = 1;
const WAITING = 16;

/** Too many passwords are being checked: nothing is said of this one. */
export class TooManyPasswords extends Error {}

/** `scrypt$N$r$p$SALT$KEY`, so that a later release can raise the cost and still check old ones. */
export async function hashPassword(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password is the one that was hashed. Throws TooManyPasswords. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt, key] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || key === undefined) {
    throw new Error('a stored password has an unknown form');
  }
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const wanted = Buffer.from(key, 'base64url');
  return wanted.length === derived.length && timingSafeEqual(derived, wanted);
}

/** Of no password: checked for a name that nobody has, so that both answers take the same time. */
export const NOBODY_HASH = `scrypt$${COST.N}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

let running = 0;
const waiting: (() => void)[] = [];

async function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= WAITING) throw new TooManyPasswords('too many passwords are being checked');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running++;
  }
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      // The same password typed on another keyboard may arrive in another normal form (RFC 8265, 4.2).
      const bytes = password.normalize('NFC');
      scrypt(bytes, salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  }
}
