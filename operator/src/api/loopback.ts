const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header (`name` or `name:port`) names this machine by a loopback name. */
export function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:[0-9]{1,5}$/, '').toLowerCase();
  return LOOPBACK_NAMES.has(name);
}

/** Refuses to listen where others could connect: there is no login yet. */
export function assertLoopbackBind(host: string): void {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  if (LOOPBACK_NAMES.has(name.toLowerCase())) return;
  throw new Error(
    `refusing to listen on ${host}: this version has no login, so anybody who reaches the port could start tests. ` +
      'Use 127.0.0.1, ::1 or localhost; for access from elsewhere use an SSH tunnel (ssh -L 5000:127.0.0.1:5000 HOST).',
  );
}
