import type { Api } from '../api-instance.ts';
import type { ApiMetrics } from '../metrics.ts';
import type { ApiServices } from '../services.ts';
import { getAccounting } from './accounting/get-accounting.ts';
import { acceptBatch } from './agent-uplink/accept-batch.ts';
import { openSession } from './agent-uplink/open-session.ts';
import { streamPlan } from './agent-uplink/stream-plan.ts';
import { getAgent } from './agents/get-agent.ts';
import { getAgentMachine } from './agents/get-agent-machine.ts';
import { listAgents } from './agents/list-agents.ts';
import { revokeAgent } from './agents/revoke-agent.ts';
import { createApiToken, deleteApiToken, listApiTokens } from './api-tokens/api-tokens.ts';
import { listAudit } from './audit/list-audit.ts';
import { getCatalogue } from './catalogue/get-catalogue.ts';
import { listEvents } from './events/list-events.ts';
import { exportTest } from './export/export-test.ts';
import { listFindingsRoute } from './findings/list-findings.ts';
import { getFleet } from './fleet/get-fleet.ts';
import { addGuideRoutes } from './guide/guide-routes.ts';
import { getHealth } from './health/get-health.ts';
import { getMetrics } from './health/get-metrics.ts';
import { createJoinToken } from './join-tokens/create-join-token.ts';
import { listJoinTokens } from './join-tokens/list-join-tokens.ts';
import { revokeJoinTokenRoute } from './join-tokens/revoke-join-token.ts';
import { streamLive } from './live/stream-live.ts';
import { changePassword } from './login/change-password.ts';
import { getLogin } from './login/get-login.ts';
import { logIn } from './login/log-in.ts';
import { logOut } from './login/log-out.ts';
import { setUp } from './login/set-up.ts';
import { getMatrix } from './matrix/get-matrix.ts';
import { getPathChanges } from './paths/get-path-changes.ts';
import { previewPlanRoute } from './plan-preview/preview-plan.ts';
import { getResults } from './results/get-results.ts';
import { getRetention, putRetention } from './retention/retention.ts';
import { applyTest } from './tests/apply-test.ts';
import { createTest } from './tests/create-test.ts';
import { deleteTest } from './tests/delete-test.ts';
import { getTest } from './tests/get-test.ts';
import { getTestPaths } from './tests/get-test-paths.ts';
import { getTestPhases } from './tests/get-test-phases.ts';
import { getTestResults } from './tests/get-test-results.ts';
import { getTestTimeline } from './tests/get-test-timeline.ts';
import { getTestTrace } from './tests/get-test-trace.ts';
import { listTestEvents } from './tests/list-test-events.ts';
import { listTestRevisions } from './tests/list-test-revisions.ts';
import { listTestRuns } from './tests/list-test-runs.ts';
import { listTestSubmitted } from './tests/list-test-submitted.ts';
import { listTests } from './tests/list-tests.ts';
import { resumeTest } from './tests/resume-test.ts';
import { startTest } from './tests/start-test.ts';
import { stopTest } from './tests/stop-test.ts';
import { suspendTest } from './tests/suspend-test.ts';
import { changeUser, createUser, deleteUser, listUsers } from './users/users.ts';

const ROUTES: readonly ((app: Api, services: ApiServices) => void)[] = [
  listTests,
  createTest,
  getTest,
  applyTest,
  deleteTest,
  startTest,
  stopTest,
  suspendTest,
  resumeTest,
  getTestResults,
  getTestPaths,
  getTestPhases,
  getTestTimeline,
  getTestTrace,
  exportTest,
  listTestRevisions,
  listTestEvents,
  listTestRuns,
  listTestSubmitted,
  getResults,
  getMatrix,
  getPathChanges,
  getAccounting,
  getFleet,
  listFindingsRoute,
  listAgents,
  getAgent,
  getAgentMachine,
  revokeAgent,
  createJoinToken,
  listJoinTokens,
  revokeJoinTokenRoute,
  listEvents,
  getCatalogue,
  streamLive,
  getLogin,
  logIn,
  setUp,
  logOut,
  changePassword,
  listUsers,
  createUser,
  changeUser,
  deleteUser,
  listApiTokens,
  createApiToken,
  deleteApiToken,
  listAudit,
  getRetention,
  putRetention,
  getHealth,
];

export interface AddRoutesOptions {
  readonly metrics: ApiMetrics;
  /** Whether agents are let in here without a proof: on loopback only. */
  readonly agents: boolean;
}

export async function addRoutes(app: Api, services: ApiServices, options: AddRoutesOptions): Promise<void> {
  const { metrics, agents } = options;
  for (const add of ROUTES) add(app, services);
  if (agents) {
    openSession(app, services);
    streamPlan(app, services);
    acceptBatch(app, services, metrics);
  }
  const { guide } = services;
  if (guide !== null) addGuideRoutes(app, { ...services, guide });
  getMetrics(app, services, metrics);
  await previewPlanRoute(app, services);
}
