import type { StreamTestSpec } from '@streamswarm/contract';
import type { ServiceFacts } from '../../domain/assignments/service-target.ts';
import type { KubeObject } from '../../kube/objects.ts';
import type { Change, WatchCache } from '../../kube/watch-cache.ts';

export interface ServiceObject extends KubeObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly externalName?: string;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
  };
}

export interface EndpointSliceObject extends KubeObject {
  readonly addressType?: string;
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean };
  }[];
}

/** A slice names its Service by this label (KEP-0752). */
const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

export interface ServiceDirectory {
  /** What is known of a Service, or null where there is none. */
  find(namespace: string, name: string): ServiceFacts | null;
  /** Calls back with `namespace/name` of each Service that changed, or whose endpoints did. */
  onChange(changed: (key: string) => void): () => void;
}

/** Services with their endpoints, out of the caches of both. */
export function serviceDirectory(
  services: WatchCache<ServiceObject>,
  slices: WatchCache<EndpointSliceObject>,
): ServiceDirectory {
  const slicesOf = new Map<string, Map<string, EndpointSliceObject>>();
  const stopIndex = slices.onChange(({ type, object }) => {
    const key = serviceOf(object);
    if (key === null) return;
    const known = slicesOf.get(key) ?? new Map<string, EndpointSliceObject>();
    if (type === 'deleted') known.delete(object.metadata.uid);
    else known.set(object.metadata.uid, object);
    if (known.size === 0) slicesOf.delete(key);
    else slicesOf.set(key, known);
  });
  return {
    find(namespace, name) {
      const service = services.get(namespace, name);
      if (service === null) return null;
      const { clusterIP, externalName = null, ports = [] } = service.spec ?? {};
      return {
        clusterIp: clusterIP === undefined || clusterIP === 'None' || clusterIP === '' ? null : clusterIP,
        externalName,
        ports: ports.map((port) => ({ name: port.name ?? '', port: port.port })),
        endpoints: [...(slicesOf.get(`${namespace}/${name}`)?.values() ?? [])].flatMap(endpointsOf),
      };
    },
    onChange(changed) {
      const stops = [
        services.onChange(({ object }) => changed(`${object.metadata.namespace}/${object.metadata.name}`)),
        slices.onChange(({ object }: Change<EndpointSliceObject>) => {
          const key = serviceOf(object);
          if (key !== null) changed(key);
        }),
      ];
      return () => {
        stopIndex();
        for (const stop of stops) stop();
      };
    },
  };
}

function serviceOf({ metadata }: EndpointSliceObject): string | null {
  const name = metadata.labels?.[SERVICE_NAME_LABEL];
  return name === undefined ? null : `${metadata.namespace}/${name}`;
}

function endpointsOf({ endpoints = [], ports }: EndpointSliceObject): ServiceFacts['endpoints'] {
  const byName = (ports ?? []).flatMap(({ name, port }) =>
    port === undefined ? [] : [{ name: name ?? '', port }],
  );
  return endpoints.flatMap(({ addresses, conditions }) =>
    // Absent means ready (discovery.k8s.io/v1, EndpointConditions).
    addresses.map((address) => ({ address, ports: byName, ready: conditions?.ready !== false })),
  );
}

/** `namespace/name` of each Service that a test names. */
export function servicesOf(spec: StreamTestSpec, namespace: string): string[] {
  return spec.destinations.flatMap(({ service }) =>
    service === undefined ? [] : [`${service.namespace ?? namespace}/${service.name}`],
  );
}
