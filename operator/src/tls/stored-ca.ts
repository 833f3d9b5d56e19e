/** The operator's own certificate authority as all replicas share it. The key signs for as long as the CA lives. */
export interface StoredCa {
  readonly certificatePem: string;
  /** PKCS #8. */
  readonly keyPem: string;
}

/** Where the CA is kept. */
export interface CaStore {
  load(): Promise<StoredCa | null>;
  /** Keeps a CA unless there is one; resolves with the one that is there now, which may be another's. */
  keep(ca: StoredCa): Promise<StoredCa>;
}
