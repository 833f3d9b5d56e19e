import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { ServerNames } from '../tls/issue-leaf.ts';

/** Names that a certificate must carry so that agents can call a listener on `bind` by them; `first` is best to tell. */
export interface ReachableNames extends ServerNames {
  readonly first: string;
}

export function splitNames(names: readonly string[]): ServerNames {
  return {
    dnsNames: names.filter((name) => isIP(name) === 0),
    ips: names.filter((name) => isIP(name) !== 0),
  };
}

/** `given`: names that people configured; they are told before those that are found. */
export function reachableNames(bind: string, given: readonly string[]): ReachableNames {
  const isEverywhere = bind === '0.0.0.0' || bind === '::';
  const found = isEverywhere ? [...ownAddresses(), hostname()] : [bind];
  const all = [...new Set([...given, ...found, 'localhost', '127.0.0.1', '::1'])];
  return { ...splitNames(all), first: all[0] ?? bind };
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
    .map(({ address }) => address);
}
