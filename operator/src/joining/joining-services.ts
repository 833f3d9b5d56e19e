import { randomUUID } from 'node:crypto';
import type { CreatedJoinToken, JoinRequest, JoinResponse, NewJoinToken } from '@streamswarm/contract';
import type { Logger } from 'pino';
import { hashSecret, newSecret } from '../access/secrets.ts';
import { clockMs, type Database } from '../store/database.ts';
import type { AuditEntry } from '../store/queries/access/audit.ts';
import {
  type JoinTokenRow,
  joinByToken,
  joinTokens,
  keepJoinToken,
  revokeJoinToken,
} from '../store/queries/joining/join-tokens.ts';
import { type Revocation, revokeHost } from '../store/queries/revoke-host.ts';
import { attemptLimit } from './attempt-limit.ts';
import { type JoinAddress, joinCommand } from './join-address.ts';

export type JoinResult =
  | { readonly kind: 'joined'; readonly answer: JoinResponse }
  | { readonly kind: 'refused' }
  | { readonly kind: 'tooMany'; readonly retryAfterSeconds: number };

export interface JoiningServices {
  /** Null where no listener for agents is configured: nobody could join. */
  createToken(wish: NewJoinToken, livesMs: number, actor: string): Promise<CreatedJoinToken | null>;
  listTokens(): Promise<JoinTokenRow[]>;
  revokeToken(id: string, actor: string): Promise<boolean>;
  /** `address`: of who asks, for the limit. */
  join(request: JoinRequest, address: string): Promise<JoinResult>;
  revokeAgent(name: string, actor: string): Promise<Revocation>;
  /** The agent itself says that it goes. */
  leave(agentId: string): Promise<void>;
  nowMs(): Promise<number>;
}

export interface JoiningOptions {
  readonly db: Database;
  readonly cluster: string;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Known once the listener is up. */
  address(): JoinAddress | null;
  /** What tests are assigned has changed. */
  agentsChanged(): void;
  audit(entry: AuditEntry): Promise<void>;
}

export function joiningServices(options: JoiningOptions): JoiningServices {
  const { db, cluster, logger, audit } = options;
  const limit = attemptLimit(() => performance.now());
  return {
    async createToken({ name = null, labels = {} }, livesMs, actor) {
      const address = options.address();
      if (address === null) return null;
      const token = newSecret();
      const kept = await keepJoinToken(db, {
        tokenHash: hashSecret(token),
        name,
        labels,
        createdBy: actor,
        livesMs,
      });
      await audit({ actor, action: 'join-token.create', object: kept.id });
      return {
        id: kept.id,
        token,
        ...address,
        command: joinCommand(address, token),
        expiresAt: kept.expiresAt.toISOString(),
      };
    },

    listTokens: () => joinTokens(db),

    async revokeToken(id, actor) {
      const revoked = await revokeJoinToken(db, id);
      if (revoked) await audit({ actor, action: 'join-token.revoke', object: id });
      return revoked;
    },

    async join(request, address) {
      const retryAfterSeconds = limit.waitSeconds(address);
      if (retryAfterSeconds !== null) return { kind: 'tooMany', retryAfterSeconds };
      const { publicKey, name: hostName } = request;
      const tokenHash = hashSecret(request.token);
      const joined = await joinByToken(db, { tokenHash, publicKey, hostName, agentId: randomUUID() });
      if (joined === null) {
        logger.warn({ address }, 'a host was refused: its join token is not good');
        return { kind: 'refused' };
      }
      const { agentId, name, isNew } = joined;
      if (isNew) {
        logger.info({ agent: name, agentId, address }, 'a host joined');
        await audit({ actor: name, action: 'agent.join', object: agentId, detail: `from ${address}` });
      }
      return { kind: 'joined', answer: { agentId, name, cluster } };
    },

    async revokeAgent(name, actor) {
      const done = await revokeHost(db, name, {
        reason: 'AgentRevoked',
        message: (known) => `${known} was revoked: its sessions ended, slots that it still owed are dropped`,
      });
      if (done.kind === 'revoked' && done.isNew) {
        options.agentsChanged();
        await audit({ actor, action: 'agent.revoke', object: name, detail: done.agentId });
      }
      return done;
    },

    async leave(agentId) {
      const done = await revokeHost(db, agentId, {
        reason: 'AgentLeft',
        message: (known) => `${known} has left: its sessions ended, slots that it still owed are dropped`,
      });
      if (done.kind !== 'revoked' || !done.isNew) return;
      options.agentsChanged();
      await audit({ actor: agentId, action: 'agent.leave', object: agentId });
    },

    nowMs: () => clockMs(db),
  };
}
