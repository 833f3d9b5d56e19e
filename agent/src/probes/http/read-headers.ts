import type { IncomingHttpHeaders } from 'node:http';

const first = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value;

/**
 * Whether a cache answered: the cache nearest to us in Cache-Status (RFC 9211), else X-Cache as many CDNs write it,
 * else an Age (RFC 9111, 5.1: only a stored answer has one). Null where no cache is named.
 */
export function cacheHit(headers: IncomingHttpHeaders): 0 | 1 | null {
  const status = first(headers['cache-status']);
  if (status !== undefined) {
    const nearest = status.split(',').at(-1) ?? '';
    if (/;\s*hit\s*(;|$)/i.test(nearest)) return 1;
    return /;\s*fwd\s*=/i.test(nearest) ? 0 : null;
  }
  const word = first(headers['x-cache']);
  if (word !== undefined) {
    const nearest = word.split(',').at(-1) ?? '';
    if (/\bhit\b/i.test(nearest)) return 1;
    return /\bmiss\b/i.test(nearest) ? 0 : null;
  }
  const age = first(headers.age);
  return age !== undefined && /^\d+$/.test(age) && Number(age) > 0 ? 1 : null;
}

/** What a server says that its database took (Server-Timing: `db;dur=12.3`, milliseconds), summed; else null. */
export function databaseSeconds(headers: IncomingHttpHeaders): number | null {
  const entries = (first(headers['server-timing']) ?? '').split(',');
  const durations = entries.flatMap((entry) => {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim());
    if (name.toLowerCase() !== 'db') return [];
    const text = parameters.find((parameter) => /^dur\s*=/i.test(parameter))?.split('=')[1];
    const duration = Number((text ?? '').trim().replaceAll('"', '') || Number.NaN);
    return Number.isFinite(duration) && duration >= 0 ? [duration] : [];
  });
  return durations.length === 0 ? null : durations.reduce((sum, ms) => sum + ms, 0) / 1e3;
}
