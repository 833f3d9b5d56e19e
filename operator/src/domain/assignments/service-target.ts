import { createHash } from 'node:crypto';

/** What planning needs of a Service and its EndpointSlices. */
export interface ServiceFacts {
  /** Null for a headless Service. */
  readonly clusterIp: string | null;
  /** Host name of a Service of type ExternalName. */
  readonly externalName?: string | null;
  /** In the order of the Service; a nameless port has the name ''. */
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly endpoints: readonly {
    readonly address: string;
    /** By the name of the Service's port. */
    readonly ports: readonly { readonly name: string; readonly port: number }[];
    readonly ready: boolean;
  }[];
}

/** Null where there is no such Service. */
export type ServiceLookup = (namespace: string, name: string) => ServiceFacts | null;

export type ServiceTarget =
  | { readonly ok: true; readonly host: string; readonly port: number | null; readonly noEndpoints: boolean }
  | { readonly ok: false; readonly reason: 'PortNotFound' | 'NoEndpoints'; readonly message: string };

/**
 * Where a Service leads. A cluster address stands for the whole Service. A headless one has none, so each source
 * gets one ready endpoint, and keeps it for as long as that is ready (rendezvous hashing: the highest hash of
 * source and address wins, so others may come and go).
 */
export function resolveService(
  facts: ServiceFacts,
  wantedPort: number | string | undefined,
  source: string,
): ServiceTarget {
  const port = findPort(facts, wantedPort);
  if (port === undefined) {
    return {
      ok: false,
      reason: 'PortNotFound',
      message: `the Service has no port ${wantedPort}: it has ${portNames(facts)}`,
    };
  }
  const ready = facts.endpoints.filter((endpoint) => endpoint.ready);
  const noEndpoints = ready.length === 0;
  const host = facts.clusterIp ?? facts.externalName ?? null;
  if (host !== null)
    return { ok: true, host, port: port.number, noEndpoints: noEndpoints && facts.clusterIp !== null };
  const chosen = ready.toSorted((a, b) => compare(rank(source, b.address), rank(source, a.address)))[0];
  if (chosen === undefined) {
    return {
      ok: false,
      reason: 'NoEndpoints',
      message: 'the Service is headless and none of its endpoints is ready',
    };
  }
  return {
    ok: true,
    host: chosen.address,
    port: chosen.ports.find(({ name }) => name === port.name)?.port ?? port.number,
    noEndpoints: false,
  };
}

/** A Service may list no port at all (headless, ExternalName): then a number is taken as it is. */
function findPort(
  { ports }: ServiceFacts,
  wanted: number | string | undefined,
): { name: string; number: number | null } | undefined {
  const [first] = ports;
  if (first === undefined) {
    if (typeof wanted === 'string') return undefined;
    return { name: '', number: wanted ?? null };
  }
  const found =
    wanted === undefined ? first : ports.find(({ name, port }) => port === wanted || name === `${wanted}`);
  return found === undefined ? undefined : { name: found.name, number: found.port };
}

function portNames({ ports }: ServiceFacts): string {
  const names = ports.map(({ name, port }) => (name === '' ? `${port}` : `${port} (${name})`));
  return names.length === 0 ? 'none' : names.join(', ');
}

function rank(source: string, address: string): string {
  return createHash('sha256').update(`${source} ${address}`).digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
