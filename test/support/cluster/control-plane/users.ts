import { randomBytes } from 'node:crypto';
import { MOST_NODES } from '../network/address-plan.ts';

/** Someone whom the API server knows by a token. */
export interface LabUser {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** `admin` may do all, `nobody` nothing beyond what every login may. */
export const STANDARD_USERS: readonly LabUser[] = [
  { name: 'admin', groups: ['system:masters'] },
  { name: 'nobody' },
  { name: 'system:kube-controller-manager' },
  { name: 'system:kube-scheduler' },
  { name: 'system:kube-proxy' },
  // Tokens are read once, when the API server starts: nodes that may join later have theirs from the start.
  ...Array.from({ length: MOST_NODES }, (_, index) => ({
    name: `system:node:${nodeName(index + 1)}`,
    groups: ['system:nodes'],
  })),
];

export function nodeName(number: number): string {
  return `node-${number}`;
}

export class Tokens {
  readonly #tokens = new Map<string, string>();
  readonly #users: readonly LabUser[];

  constructor(users: readonly LabUser[]) {
    this.#users = users;
    for (const { name } of users) this.#tokens.set(name, randomBytes(16).toString('hex'));
  }

  of(user: string): string {
    const token = this.#tokens.get(user);
    if (token === undefined) {
      throw new Error(
        `the lab knows no user "${user}": name it in startControlPlane({ users: [{ name: "${user}" }] })`,
      );
    }
    return token;
  }

  /** The file of --token-auth-file: token, user, uid, "group,group". */
  csv(): string {
    return this.#users
      .map(({ name, groups = [] }) => `${this.of(name)},${name},${name},"${groups.join(',')}"\n`)
      .join('');
  }
}
