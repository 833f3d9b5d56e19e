/** By which names and literal addresses a listener may be called. */
export interface HostNames {
  readonly dnsNames: readonly string[];
  readonly ips: readonly string[];
}

/** Whether a Host header (`name` or `name:port`) names this listener; else it may be DNS rebinding. */
export function isHostOf(names: HostNames, host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(:[0-9]{1,5})?$/i.exec(host ?? '')?.[1];
  if (name === undefined) return false;
  const wanted = canonical(name);
  return [...names.dnsNames, ...names.ips].some((own) => canonical(own) === wanted);
}

/** An address as URLs write it (RFC 5952); a name in lower case, without the dot at its end. */
function canonical(name: string): string {
  const bare = name.replace(/^\[|\]$/g, '').toLowerCase();
  if (!bare.includes(':')) return bare.replace(/\.$/, '');
  return URL.canParse(`http://[${bare}]/`) ? new URL(`http://[${bare}]/`).hostname.slice(1, -1) : bare;
}
