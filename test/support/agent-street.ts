import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningAgent, startAgent } from '@streamswarm/agent/agent';
import { nodeAgentId } from '@streamswarm/contract';
import { agentServices } from '@streamswarm/operator/agents/agent-services';
import { podGate } from '@streamswarm/operator/agents/pod-gate';
import type { ReviewToken } from '@streamswarm/operator/agents/token-reviews';
import { type AgentListener, listenForAgents } from '@streamswarm/operator/api/listen-for-agents';
import { type Database, openDatabase } from '@streamswarm/operator/store/database';
import { migrate } from '@streamswarm/operator/store/migrate';
import { PLAN_CHANNEL } from '@streamswarm/operator/store/planning/plan-changes';
import { operatorCaStore } from '@streamswarm/operator/store/queries/operator-ca';
import { type OperatorCa, openOperatorCa } from '@streamswarm/operator/tls/operator-ca';
import { pino } from 'pino';
import { plantTest } from './planted-spans.ts';
import { startTestPostgres } from './postgres.ts';

export const SERVER_NAME = 'streamswarm-operator.system.svc';
export const AGENT_ACCOUNT = { namespace: 'system', serviceAccount: 'streamswarm-agent' };

type Facts = NonNullable<Awaited<ReturnType<ReviewToken>>>;

/** What the API server would say of a good token of an agent pod on a node. */
export function goodFacts(nodeName: string, podUid = `pod-on-${nodeName}`): Facts {
  const { namespace, serviceAccount } = AGENT_ACCOUNT;
  return {
    username: `system:serviceaccount:${namespace}:${serviceAccount}`,
    audiences: ['streamswarm'],
    ...AGENT_ACCOUNT,
    nodeName,
    nodeUid: `uid-of-${nodeName}`,
    podName: `agent-of-${nodeName}`,
    podUid,
  };
}

/** The agents' listener of a real operator with a real Postgres; the API server's word on tokens is a table. */
export interface AgentStreet {
  readonly dir: string;
  readonly db: Database;
  readonly ca: OperatorCa;
  readonly caFile: string;
  readonly listener: AgentListener;
  /** Token -> what the API server says of it. */
  readonly tokens: Map<string, Facts>;
  /** Set: the API server does not answer. */
  apiServerIsAway: boolean;
  /** Every line that operator and agents have logged, at every level. */
  log(): string;
  /** Starts an agent of a node with this token in its file. */
  startNodeAgent(nodeName: string, token: string, over?: NodeAgentOverrides): Promise<RunningAgent>;
  /** A test that measures with the agent of a node from now on: the host itself, every `periodMs`. */
  plan(name: string, nodeName: string, periodMs: number): Promise<{ end(): Promise<void> }>;
  stop(): Promise<void>;
}

export interface NodeAgentOverrides {
  readonly stateDir?: string;
  readonly server?: string;
  readonly caFile?: string;
  readonly serverName?: string;
  readonly readyFile?: string;
}

export async function startAgentStreet({ sessionMs }: { sessionMs?: number } = {}): Promise<AgentStreet> {
  const dir = mkdtempSync(join(tmpdir(), 'streamswarm-agents-'));
  const postgres = await startTestPostgres();
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const db = openDatabase({ url: postgres.url, logger });
  await migrate(db, logger);
  const ca = await openOperatorCa(operatorCaStore(db), Date.now);
  const caFile = join(dir, 'ca.crt');
  writeFileSync(caFile, ca.caPem);
  const tokens = new Map<string, Facts>();
  const running = new Set<RunningAgent>();
  const street = { apiServerIsAway: false };
  const listener = await listenForAgents({
    host: '127.0.0.1',
    port: 0,
    tls: { ca, names: { dnsNames: [SERVER_NAME], ips: [] }, nowMs: Date.now },
    gate: podGate({
      ...AGENT_ACCOUNT,
      async reviewToken(token) {
        if (street.apiServerIsAway) throw new Error('the API server does not answer');
        return tokens.get(token) ?? null;
      },
      logger,
      monotonicMs: () => performance.now(),
    }),
    services: {
      agents: agentServices({
        db,
        ingestDb: db,
        cluster: 'c',
        logger,
        agentJoined: () => undefined,
        ...(sessionMs === undefined ? {} : { sessionMs }),
      }),
      isReady: async () => ({ ready: true }),
    },
    logger,
  });
  let made = 0;
  return Object.assign(street, {
    dir,
    db,
    ca,
    caFile,
    listener,
    tokens,
    log: () => lines.join(''),
    async startNodeAgent(nodeName: string, token: string, over: NodeAgentOverrides = {}) {
      const home = join(dir, `${nodeName}-${made++}`);
      mkdirSync(home);
      const tokenFile = join(home, 'token');
      writeFileSync(tokenFile, token);
      const agent = await startAgent({
        server: over.server ?? listener.url,
        stateDir: over.stateDir ?? join(home, 'state'),
        identity: { kind: 'pod', nodeName, tokenFile },
        trust: { caFile: over.caFile ?? caFile, serverName: over.serverName ?? SERVER_NAME },
        logger: logger.child({ agent: home }),
        ...(over.readyFile === undefined ? {} : { readyFile: over.readyFile }),
      });
      const stopped = {
        ...agent,
        async stop() {
          if (running.delete(stopped)) await agent.stop();
        },
      };
      running.add(stopped);
      return stopped;
    },
    async plan(name: string, nodeName: string, periodMs: number) {
      const planter = await plantTest(db, name);
      const startMs = Date.now();
      const span = await planter.addSpan({
        agentId: nodeAgentId(nodeName),
        destination: '',
        probe: 'host',
        startMs,
        periodMs,
        fromMs: startMs,
        toMs: null,
      });
      const publish = async (): Promise<void> => {
        await db.query('update leadership set revision = revision + 1');
        await db.query('update span set revision = (select revision from leadership) where id = $1', [
          span.id,
        ]);
        await db.query('select pg_notify($1, $2)', [PLAN_CHANNEL, '']);
      };
      await publish();
      return {
        async end() {
          await db.query('update span set to_ms = $1 where id = $2', [Date.now(), span.id]);
          await publish();
        },
      };
    },
    async stop() {
      await Promise.all([...running].map((agent) => agent.stop()));
      await listener.stop();
      await db.close();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  });
}
