import { randomUUID } from 'node:crypto';
import { promises as dns } from 'node:dns';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isProbeName } from '@streamswarm/contract/probes/catalogue';
import { agentCapabilities } from './capabilities/agent-capabilities.ts';
import { canRead } from './capabilities/own-capabilities.ts';
import { readClockFile, writeClockFile } from './clock/clock-file.ts';
import { OperatorClock } from './clock/operator-clock.ts';
import { systemTimers } from './clock/timers.ts';
import { keepReadyFile } from './health/ready-file.ts';
import { type IdentityChoice, identityProblem, loadIdentity } from './identity/identity-choice.ts';
import { lockState } from './identity/state-lock.ts';
import type { AgentLogger } from './logger.ts';
import { Measuring } from './measuring.ts';
import { keepEngine } from './native/kept-engine.ts';
import { kernelClock } from './native/kernel-clock.ts';
import { restartPacketEngine, startPacketEngine } from './native/packet-engine.ts';
import { watchSockets } from './native/watch-sockets.ts';
import { readPlanFile, writePlanFile } from './plan/plan-file.ts';
import { addressGate } from './policy/address-gate.ts';
import { hostNameServers } from './policy/host-network.ts';
import { HostSampler, hostReader } from './probes/host/host-sampler.ts';
import { probeRunners } from './probes/registry.ts';
import { Resolver } from './resolve/resolver.ts';
import { DEFAULT_PACKET_LIMITS, type PacketLimits } from './schedule/packet-budget.ts';
import { beginEpoch } from './spool/epoch-file.ts';
import { DEFAULT_SPOOL_BYTES, Spool } from './spool/spool.ts';
import { readThroughFile, writeThroughFile } from './spool/through-file.ts';
import { findWay, type JoinWish } from './uplink/joined-way.ts';
import { OperatorHttp } from './uplink/operator-http.ts';
import { askOperatorTime } from './uplink/operator-time.ts';
import { PlanStream } from './uplink/plan-stream.ts';
import type { ServerTrust } from './uplink/server-trust.ts';
import { isLoopback, parseServerUrl } from './uplink/server-url.ts';
import { Session } from './uplink/session.ts';
import { Uploader } from './uplink/uploader.ts';
import { AGENT_VERSION } from './version.ts';

const HOUR_MS = 3_600_000;
/** How long a start waits for the operator's plan before it goes on with its own. */
const PATIENCE_MS = 2_000;
const KEEP_EVERY_MS = 10_000;
const FINISH_PROBES_MS = 3_000;
const FINISH_UPLOAD_MS = 3_000;
const FINISH_REST_MS = 1_000;
/** An agent that was asked to end has so long to let go of the state folder. */
const LOCK_PATIENCE_MS = 5_000;

export interface AgentOptions {
  /** Where the operator is; plain http on loopback only. */
  readonly server: string;
  /** Folder for identity, plan and spool; made where missing. One agent each. */
  readonly stateDir: string;
  readonly logger: AgentLogger;
  /** Who it is; a standalone agent of this host's name unless given. */
  readonly identity?: IdentityChoice;
  /** By what it knows its operator; the CAs of Node and the host of `server` unless given. */
  readonly trust?: ServerTrust;
  /** Joins the operator with a token at the first start; a standalone agent needs it beyond loopback. */
  readonly join?: JoinWish;
  /** A file that is young while the agent has a plan and its packet engine answers. */
  readonly readyFile?: string;
  /** A file that is young while its packet engine answers, with a plan or without: a restart would not bring one. */
  readonly aliveFile?: string;
  /** Bytes that the spool may take; 1 GiB unless given. */
  readonly spoolBytes?: number;
  /** How long the last plan is valid without the operator, ms; 72 h unless given. */
  readonly leaseMs?: number;
  readonly limits?: Partial<PacketLimits>;
  /** Whether this host's loopback may be measured; yes unless given. */
  readonly allowLoopback?: boolean;
  /** Name lookups at once; each holds a thread of the pool, of which Node gives lookups half. */
  readonly lookups?: number;
}

export interface RunningAgent {
  readonly agentId: string;
  readonly name: string;
  /** Resolves once the operator says that it takes this agent no more; it has stopped measuring then. */
  readonly revoked: Promise<void>;
  /** Finishes what runs, cuts the last batch, says a last word. What cannot be delivered stays in the spool. */
  stop(): Promise<void>;
}

/** Starts an agent; rejects where its state folder (another agent has it, say) or its server's URL cannot be used. */
export async function startAgent(options: AgentOptions): Promise<RunningAgent> {
  const { stateDir, logger: log } = options;
  const server = parseServerUrl(options.server);
  const timers = systemTimers;
  const monotonicMs = timers.monotonicMs;
  const wallMs = Date.now;
  const { identity: asked = { kind: 'standalone' } } = options;
  const { trust: askedTrust = { caFile: null, serverName: null } } = options;
  const problem = identityProblem(asked, server, askedTrust);
  if (problem !== null) throw new Error(problem);
  const spoolDir = join(stateDir, 'spool');
  mkdirSync(spoolDir, { recursive: true, mode: 0o700 });
  const unlock = await takeState(stateDir, log);
  const { choice, trust } = await findWay(server, {
    choice: asked,
    trust: askedTrust,
    join: options.join ?? null,
    stateDir,
    hostName: hostname(),
    patience: { timers, log, wallMs, random: Math.random },
  }).catch((error: unknown) => {
    unlock();
    throw error;
  });
  const identity = await loadIdentity(choice, stateDir, () => askOperatorTime(http));
  const { agentId, name } = identity;

  const storedClock = await readClockFile(stateDir);
  const clock = new OperatorClock({ monotonicMs, wallMs }, storedClock?.offsetMs ?? null);
  let lastContactMs = storedClock?.lastContactMs ?? clock.nowMs();
  const onHeard = (): void => {
    lastContactMs = clock.nowMs();
  };

  const spool = new Spool({
    dir: spoolDir,
    budgetBytes: options.spoolBytes ?? DEFAULT_SPOOL_BYTES,
    monotonicMs,
    onDamaged: (file) => log.error({ file }, 'a batch of the spool was moved to bad/'),
  });
  const epoch = await beginEpoch(spoolDir, wallMs(), spool.newestEpoch);
  const remembered = {
    plan: await readPlanFile(stateDir),
    vouched: await readThroughFile(spoolDir),
    spooled: spool.allRuns(),
  };

  const engines = keepEngine({
    engine: await startPacketEngine(),
    restart: restartPacketEngine,
    log,
    monotonicMs,
  });
  const readClock = await kernelClock();
  const host = new HostSampler(hostReader(process.platform, monotonicMs), monotonicMs);
  const resolver = new Resolver({
    lookup: (hostName, family) => dns.lookup(hostName, { all: true, family, order: 'verbatim' }),
    concurrency: options.lookups ?? 2,
    after: timers.after,
    monotonicMs,
  });
  const gate = addressGate(options.allowLoopback ?? true, monotonicMs);
  const runners = probeRunners(() => engines.current(), host, {
    resolve: (hostName, family, timeoutMs) => resolver.resolve(hostName, family, timeoutMs),
    denial: gate,
    nameServers: () => hostNameServers(),
    watchSockets,
  });

  const measuring = new Measuring({
    remembered,
    spool,
    epoch,
    timers,
    log,
    limits: { ...DEFAULT_PACKET_LIMITS, ...options.limits },
    nowMs: () => clock.nowMs(),
    hasClock: () => clock.state !== 'unset',
    leaseEndMs: () => lastContactMs + (options.leaseMs ?? 72 * HOUR_MS),
    keepPlan: (plan) => writePlanFile(stateDir, plan),
    keepWord: (vouched) => writeThroughFile(spoolDir, vouched),
    onReleased: (seq) => uploader.release(seq),
    prepare: (planned) => (isProbeName(planned.kind) ? runners[planned.kind].prepare(planned) : null),
    forgetSpan: (planned) => {
      if (isProbeName(planned.kind)) runners[planned.kind].forget?.(planned.span);
    },
    resolve: (hostName, family, timeoutMs) => resolver.resolve(hostName, family, timeoutMs),
    denial: gate,
  });

  const backoff = { longestMs: isLoopback(server) ? 1_000 : 10_000, random: Math.random };
  const http = new OperatorHttp(server, trust);
  const session = new Session({
    http,
    identity,
    epoch,
    version: AGENT_VERSION,
    timers,
    clock,
    wallMs,
    onHeard,
    onRevoked: (detail) => endRevoked(detail),
    capabilities: () =>
      agentCapabilities({
        engine: engines.current().capabilities,
        platform: process.platform,
        canRead,
        clock: readClock(),
      }),
  });
  const uplink = { http, session, clock, timers, log, backoff, wallMs, onHeard };
  const uploader = new Uploader({ ...uplink, epoch, spool, recorder: measuring.recorder });
  const keepState = async (): Promise<void> => {
    await measuring.keepAgain();
    if (clock.state !== 'synced') return;
    await writeClockFile(stateDir, { offsetMs: clock.offsetFromWallMs(), lastContactMs }).catch((error) =>
      log.error({ err: error }, 'the clock could not be written to the state folder'),
    );
  };
  const planStream = new PlanStream({
    ...uplink,
    onChange: async (change) => {
      await measuring.change(change);
      // A plan is of no use to a start without the operator unless its clock is kept as well.
      void keepState();
    },
    onUnreachable: () => measuring.beginAlone(),
  });

  const revoked = Promise.withResolvers<void>();
  let isRevoked = false;
  const endRevoked = (detail: string): void => {
    if (isRevoked) return;
    isRevoked = true;
    log.error(
      { detail },
      'this agent was revoked and stops measuring: to join again, create a join token on the operator and start it with that',
    );
    planStream.stop();
    uploader.stop();
    // Also what runs is of no use to anybody any more.
    void measuring.stop(0).finally(() => revoked.resolve());
  };

  const cancelPatience = timers.after(PATIENCE_MS, () => measuring.beginAlone());
  const keeping = setInterval(keepState, KEEP_EVERY_MS);
  const streaming = planStream.run();
  const uploading = uploader.run();
  const nonce = randomUUID();
  const isAlive = async (): Promise<boolean> => {
    await engines.current().ping();
    return true;
  };
  const isReady = async (): Promise<boolean> => (await isAlive()) && measuring.hasBegun;
  const endFiles = await Promise.all(
    [
      { path: options.readyFile, isReady },
      { path: options.aliveFile, isReady: isAlive },
    ].flatMap((file) =>
      file.path === undefined ? [] : [keepReadyFile({ ...file, path: file.path, nonce, log, wallMs })],
    ),
  );
  log.info({ agentId, agent: name, server: server.href, epoch }, 'agent started');

  return {
    agentId,
    name,
    revoked: revoked.promise,
    async stop() {
      cancelPatience();
      clearInterval(keeping);
      planStream.stop();
      uploader.stop();
      const inTime = (ms: number, what: string, work: Promise<unknown>): Promise<void> =>
        withinMs(ms, work).then(
          () => undefined,
          (error: unknown) => log.warn({ err: error }, what),
        );
      await Promise.all([
        inTime(
          FINISH_REST_MS,
          'the ready file may stand a moment longer',
          Promise.all(endFiles.map((end) => end())),
        ),
        inTime(
          FINISH_PROBES_MS + FINISH_REST_MS,
          'the last batch could not be kept',
          Promise.all([measuring.stop(FINISH_PROBES_MS), keepState()]),
        ),
      ]);
      const delivered = uploading.then(() => uploader.finish());
      await inTime(FINISH_UPLOAD_MS, 'the last batches stay in the spool', delivered);
      // Ends requests under way, and with them the plan stream.
      http.close();
      await inTime(FINISH_REST_MS, 'not all came to an end', Promise.all([streaming, engines.close()]));
      // The next start must not measure by it before it hears again that it may not.
      if (isRevoked) await rm(join(stateDir, 'plan.json'), { force: true });
      unlock();
      log.info('agent stopped');
    },
  };
}

/** Takes the state folder for this agent alone; a folder that can hold no lock is used without. */
async function takeState(stateDir: string, log: AgentLogger): Promise<() => void> {
  const self = `process ${process.pid}, started ${new Date().toISOString()}`;
  const lock = await lockState(stateDir, { self, patienceMs: LOCK_PATIENCE_MS }).catch((error: unknown) => {
    log.warn({ err: error, stateDir }, 'the state folder cannot be locked: start only one agent with it');
    return null;
  });
  if (lock === null) return () => undefined;
  if (lock.ok) return () => lock.release();
  throw new Error(
    `another agent uses the state folder ${stateDir} (${lock.holder || 'it does not answer'}): ` +
      'stop it, or give this one a folder of its own with --state-dir',
  );
}

function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
