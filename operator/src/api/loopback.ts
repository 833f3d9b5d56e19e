const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header (`name` or `name:port`) names this machine by a loopback name. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:[0-9]{1,5}$/, '').toLowerCase();
  return LOOPBACK_NAMES.has(name);
}

/** Whether an address to listen on is reached by this host alone. */
export function isLoopbackBind(host: string): boolean {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return LOOPBACK_NAMES.has(name.toLowerCase());
}

/** Refuses to listen without a login where others could connect. */
export function assertLoopbackBind(host: string): void {
  if (isLoopbackBind(host)) return;
  throw new Error(
    `refusing to listen on ${host}: there is no login here, so anybody who reaches the port could start tests. ` +
      'Use 127.0.0.1, ::1 or localhost; in a cluster use kubectl port-forward, elsewhere an SSH tunnel (ssh -L 5000:127.0.0.1:5000 HOST).',
  );
}
