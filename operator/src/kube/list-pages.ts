import { isGone, KubeError } from './kube-error.ts';
import type { KubeTransport } from './kube-transport.ts';
import { apiVersionOf, type KubeObject, pathOf, type Resource } from './objects.ts';

export interface ListOptions {
  /** Left out: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Objects an answer; 500 where it is left out. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ObjectList<T extends KubeObject> {
  readonly items: T[];
  /** Of the list: a watch from here misses nothing. */
  readonly resourceVersion: string;
}

const PAGE_SIZE = 500;
const TIMEOUT_MS = 60_000;

/**
 * All pages of a list, as of one resourceVersion. None is given in the request, so it is the most recent state by a
 * quorum read and never goes back in time, whichever API server answers.
 */
export async function listPages<T extends KubeObject>(
  transport: KubeTransport,
  resource: Resource,
  asked: ListOptions,
): Promise<ObjectList<T>> {
  const limit = asked.pageSize ?? PAGE_SIZE;
  const items: T[] = [];
  let answer = await askPage<T>(transport, resource, { ...asked, limit });
  for (;;) {
    // Items of a list do not say what they are; all objects look alike here.
    for (const item of answer.items)
      items.push({ apiVersion: apiVersionOf(resource), kind: resource.kind, ...item });
    const token = answer.metadata.continue;
    if (token === undefined || token === '')
      return { items, resourceVersion: answer.metadata.resourceVersion };
    try {
      answer = await askPage<T>(transport, resource, { ...asked, limit, token });
    } catch (error) {
      // The pages have outlived etcd's history: one long answer instead, as client-go's pager does.
      if (!isGone(error)) throw error;
      items.length = 0;
      answer = await askPage<T>(transport, resource, asked);
    }
  }
}

interface Page<T> {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: readonly T[];
}

async function askPage<T extends KubeObject>(
  transport: KubeTransport,
  resource: Resource,
  asked: ListOptions & { readonly limit?: number; readonly token?: string },
): Promise<Page<T>> {
  const path = pathOf(resource, { namespace: asked.namespace });
  const answer = (await transport.send({
    method: 'GET',
    path,
    query: {
      labelSelector: asked.labelSelector,
      fieldSelector: asked.fieldSelector,
      limit: asked.limit === undefined ? undefined : String(asked.limit),
      continue: asked.token,
    },
    timeoutMs: TIMEOUT_MS,
    signal: asked.signal,
  })) as Partial<Page<T>> | null;
  if (!Array.isArray(answer?.items) || typeof answer.metadata?.resourceVersion !== 'string')
    throw new KubeError(`GET ${path}: the answer is no list`, { status: 0, reason: 'Unreachable' });
  // Checked above.
  return answer as Page<T>;
}
