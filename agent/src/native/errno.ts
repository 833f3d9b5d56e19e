import { getSystemErrorName } from 'node:util';

/** 'ECONNREFUSED' for 111. */
export function errnoName(errno: number): string {
  try {
    return getSystemErrorName(-errno);
  } catch {
    return `errno-${errno}`;
  }
}
