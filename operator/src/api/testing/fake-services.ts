import {
  type Accounting,
  DEFAULT_RETENTION,
  emptyLine,
  type LiveHint,
  type StreamTest,
} from '@streamswarm/contract';
import type { RunRecord } from '../../domain/runs/run.ts';
import type { AuditEntry } from '../../store/queries/access/audit.ts';
import type { AgentRow } from '../../store/queries/agents.ts';
import type { Reads } from '../../store/queries/reads.ts';
import type { StoredTest } from '../../stream-tests/stream-test-store.ts';
import type { ApiServices, IngestResult } from '../services.ts';
import { fakeAccess } from './fake-access.ts';
import { fakeGuide } from './fake-guide.ts';

export const NOW_MS = Date.parse('2026-12-01T12:00:00Z');
export const TOKEN = 'token-of-agent-a';

const NOTHING = { from: null, bytes: 0 };
export const NOTHING_STORED = { raw: NOTHING, '1m': NOTHING, '10m': NOTHING, '1h': NOTHING };

export const HELLO: StreamTest = {
  apiVersion: 'streamswarm.dev/v1alpha1',
  kind: 'StreamTest',
  metadata: { name: 'hello', namespace: 'default' },
  spec: {
    destinations: [
      { name: 'loopback', host: '127.0.0.1' },
      { name: 'site', url: 'http://localhost:5000/' },
    ],
    probes: [{ icmp: {} }, { tcp: {}, destinations: ['site'] }, { host: {} }],
    interval: '2s',
  },
};

export const AGENT: AgentRow = {
  id: 'agent-a-id',
  name: 'a',
  version: '0.1.0',
  online: true,
  kind: 'Host',
  nodeName: null,
  labels: {},
  nodeLabels: null,
  address: null,
  suspended: false,
  gone: false,
  firstSeen: new Date(NOW_MS - 3_600_000),
  lastSeen: new Date(NOW_MS - 1_000),
  platform: { os: 'Linux', kernel: '6.1', arch: 'x64', cores: 2, memoryBytes: 8e9 },
  addresses: ['127.0.0.1'],
  capabilities: [],
  tests: 1,
  streams: 4,
  spool: { batches: 0, bytes: 0, bad: 0 },
  throughMs: NOW_MS - 5_000,
  clockOffsetSeconds: 0.001,
};

export const RUN: RunRecord = {
  id: '00000000-0000-4000-8000-000000000001',
  number: 1,
  reason: 'Created',
  startMs: NOW_MS - 60_000,
  plannedEndMs: NOW_MS + 60_000,
  endMs: null,
  result: null,
};

export interface FakeServices extends ApiServices {
  /** What was asked of the services that change something, in order. */
  readonly calls: unknown[][];
  /** What the audit was told, in order. */
  readonly recorded: AuditEntry[];
  readonly hints: Set<(hint: LiveHint) => void>;
  /** What the next frame of an agent is answered with. */
  ingestResult: IngestResult;
}

function fakeJoining(): FakeServices['joining'] {
  return {
    createToken: async () => null,
    listTokens: async () => [],
    revokeToken: async () => false,
    join: async () => ({ kind: 'refused' }),
    revokeAgent: async () => ({ kind: 'unknown' }),
    leave: async () => undefined,
    nowMs: async () => NOW_MS,
  };
}

/** Services in memory with one test, one run and one agent; `reads` replaces single reads. */
export function fakeServices(reads: Partial<Reads> = {}): FakeServices {
  const tests = new Map<string, StoredTest>();
  const calls: unknown[][] = [];
  const recorded: AuditEntry[] = [];
  const hints = new Set<(hint: LiveHint) => void>();
  const store = (manifest: StreamTest): StoredTest => {
    const { name, namespace = 'default' } = manifest.metadata;
    const test = {
      uid: `uid-of-${namespace}-${name}`,
      namespace,
      name,
      generation: 1,
      resourceVersion: '1',
      manifest,
      createdMs: NOW_MS - 60_000,
      deletedMs: null,
    };
    tests.set(`${namespace}/${name}`, test);
    return test;
  };
  store(HELLO);
  const fake: FakeServices = {
    calls,
    hints,
    ingestResult: {
      kind: 'ack',
      ack: { acknowledged: { epoch: 1, seq: 0 }, duplicate: false, nowMs: NOW_MS },
    },
    tests: {
      list: async () => [...tests.values()],
      get: async (namespace, name) => tests.get(`${namespace}/${name}`) ?? null,
      async apply(test, options) {
        calls.push(['apply', test, options]);
        const known = tests.get(`${test.metadata.namespace ?? 'default'}/${test.metadata.name}`);
        if (known !== undefined && options.mode === 'create')
          return { conflict: `${known.namespace}/${known.name} exists` };
        return { test: store(test), result: known === undefined ? 'created' : 'configured' };
      },
      async remove(namespace, name, actor) {
        calls.push(['remove', namespace, name, actor]);
        return tests.delete(`${namespace}/${name}`);
      },
      async annotate(namespace, name, annotations) {
        calls.push(['annotate', namespace, name, annotations]);
        return tests.get(`${namespace}/${name}`) ?? null;
      },
      async setSuspend(namespace, name, suspend, actor) {
        calls.push(['setSuspend', namespace, name, suspend, actor]);
        const known = tests.get(`${namespace}/${name}`);
        if (known === undefined) return null;
        return store({ ...known.manifest, spec: { ...known.manifest.spec, suspend } });
      },
    },
    books: { accounting: async (filter) => fakeAccounting(filter.fromMs) },
    agents: {
      openSession: async () => ({ kind: 'opened', session: { token: TOKEN, cluster: 'c', nowMs: NOW_MS } }),
      authenticate: async (token) => (token === TOKEN ? { agentId: AGENT.id, key: 'key' } : null),
      async *planLines(_session, signal) {
        yield { type: 'synced', revision: 7, nowMs: NOW_MS };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        calls.push(['plan ended']);
      },
      async ingest(agentId, word, batch) {
        calls.push(['ingest', agentId, word, batch]);
        return fake.ingestResult;
      },
    },
    joining: fakeJoining(),
    access: fakeAccess(recorded),
    recorded,
    exports: { samples: async () => undefined },
    reads: {
      runs: async (uids) => new Map(uids.map((uid) => [uid, [RUN]])),
      standings: async () => new Map(),
      agentsOfTests: async (uids) => new Map(uids.map((uid) => [uid, { assigned: 1, reporting: 1 }])),
      latency: async () => new Map(),
      latestResults: async () => new Map(),
      probes: async () => [],
      revisions: async () => [],
      keptSince: async () => ({ raw: 0, '1m': 0, '10m': 0, '1h': 0 }),
      resultGroups: async () => [],
      resultSlots: async () => [],
      resultValues: async () => [],
      resultRanges: async () => [],
      latestMachine: async () => null,
      slowPhases: async () => ({ oldestReadMs: null, agents: [] }),
      networkPaths: async () => ({ traces: 0, unanswered: 0, oldestReadMs: null, distinct: 0, paths: [] }),
      pathWays: async () => ({ streams: 0, agents: 0, ways: [] }),
      traces: async () => [],
      agents: async ({ name } = {}) => [AGENT].filter((agent) => name === undefined || agent.name === name),
      events: async () => [],
      findings: async () => [],
      fleetFigures: async () => ({ sent: 0, lost: 0, p95Seconds: null, selfErrorP99Seconds: null }),
      answeredSlots: async () => 0,
      recentActivity: async () => [],
      submitted: async () => [],
      ...reads,
    },
    guide: fakeGuide(),
    retention: {
      get: async () => ({ days: DEFAULT_RETENTION, booksFrom: null, stored: NOTHING_STORED }),
      async set(days) {
        calls.push(['retention', days]);
        return { days, booksFrom: null, stored: NOTHING_STORED };
      },
    },
    nowMs: async () => NOW_MS,
    live: {
      subscribe(handler) {
        hints.add(handler);
        return () => void hints.delete(handler);
      },
    },
    fleetInfo: {
      cluster: 'c',
      version: '0.1.0',
      startedAt: new Date(NOW_MS - 600_000).toISOString(),
      loopbackOnly: true,
      kubernetes: false,
      startup: () => [{ at: new Date(NOW_MS - 600_000).toISOString(), what: 'postgres', detail: 'ready' }],
    },
    isReady: async () => ({ ready: true }),
  };
  return fake;
}

function fakeAccounting(fromMs: number | undefined): Accounting {
  const line = { ...emptyLine(), scheduled: 10, ok: 7, lost: 1, pending: 2, reasons: { 'pending.young': 2 } };
  return {
    from: fromMs === undefined ? null : new Date(fromMs).toISOString(),
    to: new Date(NOW_MS).toISOString(),
    ...line,
    tests: [{ namespace: 'default', test: 'hello', ...line }],
    agents: [{ agent: 'a', ...line }],
    probes: [{ probe: 'icmp', ...line }],
  };
}
