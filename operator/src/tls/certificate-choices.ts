import { randomBytes } from 'node:crypto';

export const EC = { name: 'ECDSA', namedCurve: 'P-256' } as const;
export const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Certificates begin a day ago: the clock of an agent may be behind, and it judges by its own. */
export const BACKDATED_MS = 86_400_000;

/** 127 random bits in hex, positive (RFC 5280, 4.1.2.2). */
export function newSerial(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}
