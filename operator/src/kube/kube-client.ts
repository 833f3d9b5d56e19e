import type { Logger } from 'pino';
import { openCredentials } from './credentials.ts';
import { isNotFound, KubeError } from './kube-error.ts';
import { type KubeRequest, openKubeTransport } from './kube-transport.ts';
import { type ListOptions, listPages, type ObjectList } from './list-pages.ts';
import {
  apiVersionOf,
  type Draft,
  type KubeObject,
  type ObjectRef,
  pathOf,
  type Resource,
} from './objects.ts';
import { isObjectMissing } from './parse-refusal.ts';
import { watchReachability } from './reachability.ts';
import { systemTimers, type Timers } from './timers.ts';
import { startWatchRequest, type WatchRequest } from './watch-request.ts';

export interface KubeClientOptions {
  /** A kubeconfig file; null: the pod's service account; left out: as kubectl finds it. */
  readonly kubeconfigPath?: string | null | undefined;
  readonly logger: Logger;
  readonly userAgent?: string;
  readonly timers?: Timers;
  wallMs?(): number;
}

export interface WriteOptions {
  readonly fieldManager?: string;
  /** Everything is checked and nothing is stored. */
  readonly dryRun?: boolean;
  /** From sending to the last byte of the answer; 30 s where it is left out. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface ApplyOptions extends WriteOptions {
  readonly fieldManager: string;
  /** Takes fields over that another manager owns; without it that is a Conflict. */
  readonly force?: boolean;
  readonly subresource?: 'status';
}

export interface PatchOptions extends WriteOptions {
  readonly subresource?: 'status';
}

export interface Preconditions {
  readonly uid?: string;
  readonly resourceVersion?: string;
}

/**
 * Requests to one API server. Every one has a time limit and rejects with KubeError; none is repeated, save a read
 * whose kept connection had just been closed. T is what the caller knows the resource to be: the API server has
 * checked it against the schema, the client does not.
 */
export interface KubeClient {
  /** Null where there is no such object. A kind that is not served (its CRD is missing) rejects: isNotFound. */
  get<T extends KubeObject>(resource: Resource, ref: ObjectRef): Promise<T | null>;
  /** Consistent (a quorum read) and whole, page by page. */
  list<T extends KubeObject>(resource: Resource, options?: ListOptions): Promise<ObjectList<T>>;
  create<T extends KubeObject>(resource: Resource, object: Draft, options?: WriteOptions): Promise<T>;
  /**
   * Server-side apply. metadata.resourceVersion in the object makes it conditional: isConflict where the object has
   * changed since. Of an object that is gone the status is refused with isNotFound, but the object itself is made
   * anew, whatever version it names. An apply that changes nothing writes nothing.
   */
  apply<T extends KubeObject>(resource: Resource, object: Draft, options: ApplyOptions): Promise<T>;
  /** RFC 7386. Rejects where there is no such object. */
  mergePatch<T extends KubeObject>(
    resource: Resource,
    ref: ObjectRef,
    patch: object,
    options?: PatchOptions,
  ): Promise<T>;
  /** False where it was gone already, also where another of that name has taken its place (uid). */
  remove(resource: Resource, ref: ObjectRef, preconditions?: Preconditions): Promise<boolean>;
  /** One watch, low-level; WatchCache is what most want. The result stops it. */
  watch<T extends KubeObject>(resource: Resource, request: WatchRequest<T>): () => void;
  /** Any other request. */
  request(request: KubeRequest): Promise<unknown>;
  /** Calls back once when the API server answers again after an outage; the result unsubscribes. */
  onReturn(callback: () => void): () => void;
  /** Destroys every connection; what is under way rejects. */
  close(): Promise<void>;
}

export function openKubeClient(options: KubeClientOptions): KubeClient {
  const {
    kubeconfigPath,
    userAgent = 'streamswarm-operator',
    timers = systemTimers,
    wallMs = Date.now,
  } = options;
  const credentials = openCredentials(kubeconfigPath, () => timers.monotonicMs());
  const transport = openKubeTransport({ credentials, userAgent, timers, wallMs });
  const reachability = watchReachability(transport, { timers, logger: options.logger });

  const getObject = async <T extends KubeObject>(resource: Resource, ref: ObjectRef): Promise<T | null> => {
    try {
      return (await transport.send({ method: 'GET', path: pathOf(resource, ref) })) as T;
    } catch (error) {
      if (isNotFound(error) && isObjectMissing(error)) return null;
      throw error;
    }
  };

  return {
    get: getObject,
    list: (resource, asked = {}) => listPages(transport, resource, asked),
    async create<T extends KubeObject>(resource: Resource, object: Draft, write: WriteOptions = {}) {
      return (await transport.send({
        method: 'POST',
        path: pathOf(resource, { namespace: object.metadata?.namespace }),
        ...writeParts(write),
        body: identified(resource, object),
      })) as T;
    },
    async apply<T extends KubeObject>(resource: Resource, object: Draft, write: ApplyOptions) {
      const { namespace, name } = object.metadata ?? {};
      if (name === undefined) throw new Error(`a ${resource.kind} without a name cannot be applied`);
      return (await transport.send({
        method: 'PATCH',
        path: pathOf(resource, { namespace, name, subresource: write.subresource }),
        ...writeParts(write, { force: write.force === true ? 'true' : undefined }),
        // JSON is YAML.
        contentType: 'application/apply-patch+yaml',
        body: identified(resource, object),
      })) as T;
    },
    async mergePatch<T extends KubeObject>(
      resource: Resource,
      ref: ObjectRef,
      patch: object,
      write: PatchOptions = {},
    ) {
      return (await transport.send({
        method: 'PATCH',
        path: pathOf(resource, { ...ref, subresource: write.subresource }),
        ...writeParts(write),
        contentType: 'application/merge-patch+json',
        body: patch,
      })) as T;
    },
    async remove(resource, ref, preconditions = {}) {
      try {
        await transport.send({
          method: 'DELETE',
          path: pathOf(resource, ref),
          body: { kind: 'DeleteOptions', apiVersion: 'v1', preconditions, propagationPolicy: 'Background' },
        });
        return true;
      } catch (error) {
        if (!(error instanceof KubeError)) throw error;
        if (isObjectMissing(error)) return false;
        if (error.status !== 409 || preconditions.uid === undefined) throw error;
        const present = await getObject(resource, ref);
        if (present !== null && present.metadata.uid === preconditions.uid) throw error;
        return false;
      }
    },
    watch: (resource, request) => startWatchRequest(transport, resource, { ...request, timers }),
    request: transport.send,
    onReturn: reachability.onReturn,
    async close() {
      reachability.stop();
      transport.close();
    },
  };
}

function writeParts(
  { fieldManager, dryRun, timeoutMs, signal }: WriteOptions,
  query: Record<string, string | undefined> = {},
): Pick<KubeRequest, 'query' | 'timeoutMs' | 'signal'> {
  return {
    query: { fieldManager, dryRun: dryRun === true ? 'All' : undefined, ...query },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    signal,
  };
}

function identified(resource: Resource, object: Draft): Draft {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object };
}
