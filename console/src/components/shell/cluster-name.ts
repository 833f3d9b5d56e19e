import type { Fleet } from '@streamswarm/contract/wire/views';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A name for people: an installation on one machine is known by a random id only. */
export function clusterName({ cluster, loopbackOnly }: Pick<Fleet, 'cluster' | 'loopbackOnly'>): string {
  return loopbackOnly && UUID.test(cluster) ? 'this host' : cluster;
}
