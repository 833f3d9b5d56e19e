import type { Role } from '@streamswarm/contract';

/** Who asks, as far as it is proven. */
export type Identity =
  /** Reached the loopback listener: whoever is on this host may do everything. */
  | { readonly kind: 'local'; readonly name: string; readonly role: 'admin' }
  | {
      readonly kind: 'user';
      readonly name: string;
      readonly role: Role;
      readonly userId: string;
      /** Of the session by which it is known. */
      readonly sessionHash: Buffer<ArrayBuffer>;
    }
  | { readonly kind: 'token'; readonly name: string; readonly role: Role; readonly tokenId: string };

export const LOCAL_IDENTITY: Identity = { kind: 'local', name: 'local user', role: 'admin' };

/** The name in the audit: a token is told apart from a person. */
export function actorName(identity: Identity): string {
  return identity.kind === 'token' ? `token ${identity.name}` : identity.name;
}
