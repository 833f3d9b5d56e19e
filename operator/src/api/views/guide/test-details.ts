import { askedProbes } from '../../../guide/asked-probes.ts';
import { guideTime } from '../../../guide/guide-time.ts';
import { latestFields } from '../../../guide/latest-fields.ts';
import type { LatestSample } from '../../../store/queries/guide/latest-samples.ts';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import type { GuideTestDetails } from '../../routes/guide/get-guide-test-details.ts';
import { readProgress } from '../../routes/guide/get-test-progress.ts';
import type { GuideApiServices } from './find-guide.ts';
import { guideTestViews } from './test-view.ts';

const SUBMITTED = 10;

/** A test, how far it is, and every field of the guide as each client last measured it. */
export async function readTestDetails(
  services: GuideApiServices,
  test: StoredTest,
  id: number,
): Promise<GuideTestDetails> {
  const { store } = services.guide;
  const [views, progress, samples, clients, submitted] = await Promise.all([
    guideTestViews(services, [test]),
    readProgress(services, id),
    store.latestSamples(test.uid),
    store.clients({ gone: true }),
    store.submitted({ testId: id, limit: SUBMITTED }),
  ]);
  const [view] = views;
  if (view === undefined) throw new Error(`test ${id} lost its number`);
  const asked = askedProbes(test.manifest.spec);
  const byAgent = Map.groupBy(samples, ({ agentId }: LatestSample) => agentId);
  return {
    test: view,
    progress,
    clients: clients.flatMap(({ id: clientId, hostname, agentId }) => {
      const own = agentId === null ? undefined : byAgent.get(agentId);
      if (own?.[0] === undefined) return [];
      const { values, reasons } = latestFields(own, asked);
      return [
        {
          client_id: clientId,
          hostname,
          timestamp: guideTime(own[0].at.getTime()),
          latest: values,
          null_reasons: reasons,
        },
      ];
    }),
    submitted: submitted.map(({ at, clientId, client, fields, submittedBy }) => ({
      client_id: clientId,
      hostname: client,
      timestamp: guideTime(at.getTime()),
      submitted_by: submittedBy,
      fields: { ...fields },
    })),
  };
}
