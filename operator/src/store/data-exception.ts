/**
 * Whether Postgres refused a value as such (SQLSTATE class 22, data exception; Postgres manual, appendix A): sending
 * the same again can never work.
 */
export function isDataException(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && /^22/.test(error.code)
  );
}
