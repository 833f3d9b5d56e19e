/** OpenSSL's verification errors as Node names them (tls docs, "X509 certificate error codes"). */
const NOT_SIGNED_BY_IT = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  // The same name as the real one, with another key.
  'CERT_SIGNATURE_FAILURE',
]);
const OUT_OF_TIME = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
/** pg gives this no code. */
const NO_TLS = 'The server does not support SSL connections';

/** Why we did not connect to a Postgres that answers, and what to do; null where TLS is not the reason. */
export function tlsRefusal(error: unknown, caFile: string | null): Error | null {
  if (!(error instanceof Error)) return null;
  const why = reason(error, caFile);
  return why === null ? null : new Error(why, { cause: error });
}

function reason(error: Error, caFile: string | null): string | null {
  const { code } = error as { code?: unknown };
  if (error.message === NO_TLS) {
    return 'Postgres does not speak TLS, without which it cannot be verified: switch it on there (ssl = on)';
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return (
      `Postgres shows a certificate for another name (${error.message}): ` +
      'name in DATABASE_URL what the certificate names, or have one issued for the name in DATABASE_URL'
    );
  }
  if (typeof code !== 'string') return null;
  if (OUT_OF_TIME.has(code)) {
    return `the certificate of Postgres or of its CA is out of its time (${error.message}): renew it, or set the clock`;
  }
  if (!NOT_SIGNED_BY_IT.has(code)) return null;
  // By its code: to the message Node adds advice that would make it trust every public authority.
  return caFile === null
    ? `Postgres shows a certificate that no public authority has signed (${code}): ` +
        'give the certificate of the one that did, with DATABASE_CA_FILE'
    : `Postgres shows a certificate that no authority in ${caFile} has signed (${code}): ` +
        'put the certificate of the one that did into this file (DATABASE_CA_FILE)';
}
