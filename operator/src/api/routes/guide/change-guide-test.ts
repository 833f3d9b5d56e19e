import { RUN_NOW_ANNOTATION, STOP_NOW_ANNOTATION } from '@streamswarm/contract';
import Type from 'typebox';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import type { Api } from '../../api-instance.ts';
import { actorOf } from '../../plugins/request-identity.ts';
import { findGuideTest, type GuideApiServices } from '../../views/guide/find-guide.ts';
import { readStates } from '../../views/read-states.ts';
import { iso } from '../../window/window.ts';
import { guideErrors, guideRoute, TestId } from './guide-route.ts';

const Answer = Type.Object({ status: Type.String(), message: Type.String() });
const route = (summary: string) => ({
  schema: { summary, tags: ['guide'], params: TestId, response: { 200: Answer, ...guideErrors } },
  ...guideRoute,
});

interface Change {
  readonly test: StoredTest;
  readonly actor: string;
}

/** Writes down who did what to a test, and answers. */
async function done({ access }: GuideApiServices, { test, actor }: Change, verb: string, words: string) {
  const object = `${test.namespace}/${test.name}`;
  await access.audit.record({ actor, action: `test.${verb}`, object });
  return { status: 'success', message: words };
}

export function startGuideTest(app: Api, services: GuideApiServices): void {
  app.post('/api/test/:id/start', route('Start a run now'), async (request) => {
    const test = await findGuideTest(services, request.params.id);
    const change = { test, actor: actorOf(request) };
    const { namespace, name, manifest } = test;
    const { tests } = services;
    // Lifting it starts a run by itself.
    if (manifest.spec.suspend === true) await tests.setSuspend(namespace, name, false, change.actor);
    else await tests.annotate(namespace, name, { [RUN_NOW_ANNOTATION]: iso(await services.nowMs()) });
    return await done(services, change, 'start', 'Test started');
  });
}

export function stopGuideTest(app: Api, services: GuideApiServices): void {
  const words = 'Stop a test: a run ends, one that is scheduled does not begin';
  app.post('/api/test/:id/stop', route(words), async (request) => {
    const test = await findGuideTest(services, request.params.id);
    const change = { test, actor: actorOf(request) };
    const nowMs = await services.nowMs();
    const { states } = await readStates(services, [test], nowMs);
    const state = states.get(test.uid);
    const { namespace, name } = test;
    if (state === 'Complete' || state === 'Suspended') {
      return { status: 'success', message: 'Test was not running' };
    }
    if (state === 'Scheduled') await services.tests.setSuspend(namespace, name, true, change.actor);
    else await services.tests.annotate(namespace, name, { [STOP_NOW_ANNOTATION]: iso(nowMs) });
    return await done(services, change, 'stop', 'Test stopped');
  });
}

export function deleteGuideTest(app: Api, services: GuideApiServices): void {
  app.delete('/api/test/:id/delete', route('Delete a test; its results stay'), async (request) => {
    const test = await findGuideTest(services, request.params.id);
    const change = { test, actor: actorOf(request) };
    await services.tests.remove(test.namespace, test.name, change.actor);
    return await done(services, change, 'delete', 'Test deleted');
  });
}
