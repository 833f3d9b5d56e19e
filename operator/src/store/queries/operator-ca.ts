import type { CaStore, StoredCa } from '../../tls/stored-ca.ts';
import type { Queryable } from '../database.ts';

/** The operator's CA in its one row. Who inserts first wins; everybody reads what is there. */
export function operatorCaStore(db: Queryable): CaStore {
  const load = async (): Promise<StoredCa | null> => {
    const [row] = await db.query<StoredCa>(
      'select certificate_pem as "certificatePem", key_pem as "keyPem" from operator_ca',
    );
    return row ?? null;
  };
  return {
    load,
    async keep(ca) {
      await db.query(
        'insert into operator_ca (certificate_pem, key_pem) values ($1, $2) on conflict do nothing',
        [ca.certificatePem, ca.keyPem],
      );
      const kept = await load();
      if (kept === null) throw new Error('the CA was stored and is gone again');
      return kept;
    },
  };
}
