import type { Queryable } from '../../database.ts';
import type { SteppedWindow } from '../results/selection.ts';
import {
  type ClientsWish,
  type GuideClient,
  guideClient,
  guideClients,
  keepAlive,
  type Registration,
  registerClient,
  removeClient,
} from './clients.ts';
import { type LatestHost, latestHost } from './latest-host.ts';
import { type LatestSample, latestSamples } from './latest-samples.ts';
import { type PingRow, pingHistory } from './ping-history.ts';
import {
  type SubmittedPoint,
  type SubmittedResult,
  type SubmittedRow,
  type SubmittedWish,
  submitResult,
  submittedExtent,
  submittedPoints,
  submittedResults,
} from './results.ts';
import { type GuideTest, guideTest, guideTestIds, numberTest, testsOfClient } from './tests.ts';

/** What only the guide's API keeps: numbers of tests and clients, and submitted results. */
export interface GuideStore {
  clients(wish?: ClientsWish): Promise<GuideClient[]>;
  client(id: number): Promise<GuideClient | null>;
  register(registration: Registration): Promise<number>;
  keepAlive(clientId: number): Promise<boolean>;
  removeClient(id: number): Promise<boolean>;
  test(id: number): Promise<GuideTest | null>;
  testIds(uids: readonly string[]): Promise<Map<string, number>>;
  numberTest(test: Omit<GuideTest, 'id'>, clientIds: readonly number[]): Promise<number>;
  testsOfClient(clientId: number): Promise<string[]>;
  submit(result: SubmittedResult): Promise<void>;
  extent(
    testId: number,
  ): Promise<{ readonly firstMs: number; readonly lastMs: number; readonly results: number } | null>;
  points(
    testId: number,
    wish: { readonly fields: readonly string[]; readonly window: SteppedWindow },
  ): Promise<SubmittedPoint[]>;
  submitted(wish: SubmittedWish): Promise<SubmittedRow[]>;
  latestHost(agentId: string): Promise<LatestHost | null>;
  latestSamples(testUid: string): Promise<LatestSample[]>;
  pingHistory(agentId: string, limit: number): Promise<PingRow[]>;
}

export function bindGuideStore(db: Queryable): GuideStore {
  return {
    clients: (wish) => guideClients(db, wish),
    client: (id) => guideClient(db, id),
    register: (registration) => registerClient(db, registration),
    keepAlive: (clientId) => keepAlive(db, clientId),
    removeClient: (id) => removeClient(db, id),
    test: (id) => guideTest(db, id),
    testIds: (uids) => guideTestIds(db, uids),
    numberTest: (test, clientIds) => numberTest(db, test, clientIds),
    testsOfClient: (clientId) => testsOfClient(db, clientId),
    submit: (result) => submitResult(db, result),
    extent: (testId) => submittedExtent(db, testId),
    points: (testId, wish) => submittedPoints(db, testId, wish),
    submitted: (wish) => submittedResults(db, wish),
    latestHost: (agentId) => latestHost(db, agentId),
    latestSamples: (testUid) => latestSamples(db, testUid),
    pingHistory: (agentId, limit) => pingHistory(db, agentId, limit),
  };
}
