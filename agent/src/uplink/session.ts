import { arch, cpus, networkInterfaces, platform, release, totalmem } from 'node:os';
import type { Capability, SessionRequest, SessionResponse } from '@streamswarm/contract/wire/session';
import type { OperatorClock } from '../clock/operator-clock.ts';
import type { Timers } from '../clock/timers.ts';
import type { AgentIdentity } from '../identity/agent-identity.ts';
import { type OperatorHttp, RefusedError } from './operator-http.ts';

const TIMEOUT_MS = 10_000;

export interface SessionOptions {
  readonly http: OperatorHttp;
  readonly identity: AgentIdentity;
  readonly version: string;
  /** Of this start. */
  readonly epoch: number;
  readonly timers: Pick<Timers, 'monotonicMs'>;
  readonly clock: OperatorClock;
  wallMs(): number;
  capabilities(): readonly Capability[];
  onHeard(): void;
  /** The operator takes this agent no more; `detail` is for people. */
  onRevoked?(detail: string): void;
}

/** The agent's session with the operator: one token, fetched once however many ask for it. */
export class Session {
  readonly #options: SessionOptions;
  #token: Promise<string> | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The bearer token; rejects where no session could be had. */
  token(): Promise<string> {
    if (this.#token === null) {
      const opening = this.#open();
      this.#token = opening;
      opening.catch((error: unknown) => {
        if (this.#token === opening) this.#token = null;
        if (isRevoked(error)) this.#options.onRevoked?.(error.refusal.detail);
      });
    }
    return this.#token;
  }

  /** The server knows this token no more. */
  async forget(token: string): Promise<void> {
    const current = await this.#token?.catch(() => null);
    if (current === token) this.#token = null;
  }

  async #open(): Promise<string> {
    const { http, timers, clock, identity } = this.#options;
    const proof = await identity.sessionHeaders();
    const sentMs = timers.monotonicMs();
    const answer = await http.ask('the session', {
      method: 'POST',
      path: '/agent/v1/session',
      headers: { ...proof, 'content-type': 'application/json' },
      body: JSON.stringify(this.#request()),
      timeoutMs: TIMEOUT_MS,
    });
    const receivedMs = timers.monotonicMs();
    const { token, nowMs } = answer as SessionResponse;
    if (typeof token !== 'string' || !Number.isFinite(nowMs)) {
      throw new Error('the server answered the session with something else: is it a StreamSwarm operator?');
    }
    clock.heardAnswer(nowMs, sentMs, receivedMs);
    this.#options.onHeard();
    return token;
  }

  #request(): SessionRequest {
    const { identity, epoch, wallMs, capabilities } = this.#options;
    return {
      agentId: identity.agentId,
      name: identity.name,
      epoch,
      version: this.#options.version,
      clockMs: wallMs(),
      platform: {
        os: platform(),
        kernel: release().slice(0, 128),
        arch: arch(),
        cores: cpus().length,
        memoryBytes: totalmem(),
      },
      addresses: ownAddresses(),
      capabilities: [...capabilities()],
    };
  }
}

/** A proxy may answer 403 as well: only the operator's own word ends an agent. */
function isRevoked(error: unknown): error is RefusedError {
  return (
    error instanceof RefusedError &&
    error.refusal.status === 403 &&
    error.refusal.detail.includes('"code":"identity-revoked"')
  );
}

/** Addresses by which others may know this host. */
function ownAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
  return [...new Set(addresses)].slice(0, 64);
}
