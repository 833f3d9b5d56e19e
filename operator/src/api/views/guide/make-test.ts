import { checkStreamTest, type Problem } from '@streamswarm/contract';
import { freeName, type GuideWish, guideManifest } from '../../../guide/guide-manifest.ts';
import { parseGuideTime } from '../../../guide/guide-time.ts';
import type { GuideClient } from '../../../store/queries/guide/clients.ts';
import type { StoredTest } from '../../../stream-tests/stream-test-store.ts';
import { ApiProblem, fieldProblem } from '../../problems/api-problem.ts';
import type { CreateBody } from '../../routes/guide/create-guide-test.ts';
import { clientNotFound, type GuideApiServices } from './find-guide.ts';

/** Somebody else may take the same name at the same moment. */
const TRIES = 5;
/** A selector takes no more values. */
const MOST_AGENTS = 32;

/** Makes the StreamTest that a script asks for; answers the number of the test. */
export async function makeGuideTest(
  services: GuideApiServices,
  body: CreateBody,
  actor: string,
): Promise<number> {
  const clients = await chosenClients(services, body.client_ids ?? []);
  const test = await create(services, await wishOf(services, body, clients), actor);
  const scripts = clients.filter(({ agentId }) => agentId === null).map(({ id }) => id);
  const id = await services.guide.store.numberTest(test, scripts);
  await services.access.audit.record({
    actor,
    action: 'test.create',
    object: `${test.namespace}/${test.name}`,
    detail: `test ${id} of the guide's API`,
  });
  return id;
}

async function chosenClients({ guide }: GuideApiServices, ids: readonly number[]): Promise<GuideClient[]> {
  if (ids.length === 0) return [];
  const known = new Map((await guide.store.clients()).map((client) => [client.id, client]));
  return [...new Set(ids)].map((id) => {
    const client = known.get(id);
    if (client === undefined) throw clientNotFound(id);
    return client;
  });
}

async function wishOf(
  { guide, nowMs }: GuideApiServices,
  body: CreateBody,
  clients: readonly GuideClient[],
): Promise<GuideWish> {
  const startMs = body.scheduled_time === undefined ? null : parseGuideTime(body.scheduled_time);
  if (body.scheduled_time !== undefined && startMs === null) {
    throw fieldProblem(
      'invalid-body',
      'scheduled_time',
      'must be a date such as 2026-12-01T09:00:00, in UTC unless it has a zone',
      'guide-time',
    );
  }
  return {
    name: body.name,
    destination: body.destination.trim(),
    description: body.description ?? null,
    durationSeconds: body.duration ?? guide.settings.durationSeconds,
    intervalSeconds: body.interval ?? guide.settings.intervalSeconds,
    startMs: startMs === null || startMs <= (await nowMs()) ? null : startMs,
    agentIds: clients.length === 0 ? null : await agentsOf(guide, clients),
  };
}

/** Null where these are all agents there are. */
async function agentsOf(
  { store }: GuideApiServices['guide'],
  clients: readonly GuideClient[],
): Promise<string[] | null> {
  const ids = clients.flatMap(({ agentId }) => (agentId === null ? [] : [agentId]));
  if (ids.length <= MOST_AGENTS) return ids;
  const all = (await store.clients()).filter(({ agentId }) => agentId !== null);
  if (all.length === ids.length) return null;
  throw fieldProblem(
    'invalid-body',
    'client_ids',
    `may name at most ${MOST_AGENTS} agents, or all of them; choose more by label with POST /api/v1/tests`,
    'maxItems',
  );
}

async function create(services: GuideApiServices, wish: GuideWish, actor: string): Promise<StoredTest> {
  const { tests, guide } = services;
  const taken = new Set((await tests.list()).filter(isInDefault).map(({ name }) => name));
  for (let tries = 0; tries < TRIES; tries++) {
    const name = freeName(wish.name, taken);
    const checked = checkStreamTest(guideManifest(wish, name, guide.settings));
    if (!checked.ok) throw refused(checked.problems);
    const applied = await tests.apply(checked.test, { mode: 'create', actor });
    if (!('conflict' in applied)) return applied.test;
    taken.add(name);
  }
  throw new ApiProblem('test-exists', `The name ${wish.name} is taken. Choose another.`);
}

function isInDefault({ namespace, deletedMs }: StoredTest): boolean {
  return namespace === 'default' && deletedMs === null;
}

const FIELDS: readonly (readonly [string, string])[] = [
  ['spec.destinations', 'destination'],
  ['spec.interval', 'interval'],
  ['spec.duration', 'duration'],
  ['spec.schedule', 'scheduled_time'],
  ['spec.description', 'description'],
];

/** The words of the manifest, at the fields that the script has sent. */
function refused(problems: readonly Problem[]): ApiProblem {
  const theirs = problems.map((problem) => ({
    ...problem,
    path: FIELDS.find(([path]) => problem.path.startsWith(path))?.[1] ?? problem.path,
  }));
  return new ApiProblem('invalid-body', theirs.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    problems: theirs,
  });
}
