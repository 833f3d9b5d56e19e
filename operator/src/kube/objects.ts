/** What every object of the API server says of itself (the parts that this product reads). */
export interface ObjectMeta {
  readonly name: string;
  /** Absent where the resource is cluster-scoped. */
  readonly namespace?: string;
  readonly uid: string;
  /** Opaque; equal means unchanged. */
  readonly resourceVersion: string;
  /** Counts changes of the spec. */
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** RFC 3339. */
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
}

/** An object as it is sent: the server fills in the rest of its metadata, the client apiVersion and kind. */
export interface Draft {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Partial<ObjectMeta> & { readonly generateName?: string };
  readonly [field: string]: unknown;
}

/** Which object; `namespace` is left out for a cluster-scoped resource. */
export interface ObjectRef {
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface Resource {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  /** Lower-case plural, as in URLs. */
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

export const STREAM_TESTS: Resource = {
  group: 'streamswarm.dev',
  version: 'v1alpha1',
  plural: 'streamtests',
  kind: 'StreamTest',
  namespaced: true,
};
export const STREAM_AGENTS: Resource = {
  group: 'streamswarm.dev',
  version: 'v1alpha1',
  plural: 'streamagents',
  kind: 'StreamAgent',
  namespaced: false,
};
export const NODES = core('nodes', 'Node', false);
export const NAMESPACES = core('namespaces', 'Namespace', false);
export const PODS = core('pods', 'Pod');
export const SERVICES = core('services', 'Service');
export const CONFIG_MAPS = core('configmaps', 'ConfigMap');
export const ENDPOINT_SLICES: Resource = {
  group: 'discovery.k8s.io',
  version: 'v1',
  plural: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
export const EVENTS: Resource = {
  group: 'events.k8s.io',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
};
export const TOKEN_REVIEWS: Resource = {
  group: 'authentication.k8s.io',
  version: 'v1',
  plural: 'tokenreviews',
  kind: 'TokenReview',
  namespaced: false,
};

export function apiVersionOf({ group, version }: Resource): string {
  return group === '' ? version : `${group}/${version}`;
}

export interface PathParts {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** The path of a resource on the API server; without a namespace that of all namespaces. */
export function pathOf(resource: Resource, { namespace, name, subresource }: PathParts = {}): string {
  const root = resource.group === '' ? '/api' : `/apis/${resource.group}`;
  const parts = [root, resource.version];
  if (resource.namespaced && namespace !== undefined) parts.push('namespaces', encodeURIComponent(namespace));
  parts.push(resource.plural);
  if (name !== undefined) parts.push(encodeURIComponent(name));
  if (subresource !== undefined) parts.push(subresource);
  return parts.join('/');
}

function core(plural: string, kind: string, namespaced = true): Resource {
  return { group: '', version: 'v1', plural, kind, namespaced };
}
