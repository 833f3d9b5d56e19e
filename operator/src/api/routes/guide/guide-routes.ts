import type { Api } from '../../api-instance.ts';
import type { GuideApiServices } from '../../views/guide/find-guide.ts';
import { getStats } from '../dashboard/get-stats.ts';
import { deleteGuideTest, startGuideTest, stopGuideTest } from './change-guide-test.ts';
import { createGuideTest } from './create-guide-test.ts';
import { deleteClient } from './delete-client.ts';
import { exportGuideTest } from './export-guide-test.ts';
import { getClientDetails } from './get-client-details.ts';
import { getGuideTestDetails } from './get-guide-test-details.ts';
import { getTestData } from './get-test-data.ts';
import { getTestProgress } from './get-test-progress.ts';
import { listClientTests } from './list-client-tests.ts';
import { listClients } from './list-clients.ts';
import { listGuideTests } from './list-guide-tests.ts';
import { registerClient } from './register-client.ts';
import { sendHeartbeat } from './send-heartbeat.ts';
import { submitResult } from './submit-result.ts';

const ROUTES: readonly ((app: Api, services: GuideApiServices) => void)[] = [
  registerClient,
  sendHeartbeat,
  listClients,
  listClientTests,
  getClientDetails,
  deleteClient,
  createGuideTest,
  submitResult,
  listGuideTests,
  getGuideTestDetails,
  getTestData,
  getTestProgress,
  startGuideTest,
  stopGuideTest,
  deleteGuideTest,
  exportGuideTest,
  getStats,
];

/** The guide's API; absent where it is switched off. */
export function addGuideRoutes(app: Api, services: GuideApiServices): void {
  for (const add of ROUTES) add(app, services);
}
