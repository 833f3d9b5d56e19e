/** A metric for people: the unit in its name is shown by its values. */
export function metricWords(name: string): string {
  if (name === 'rtts_seconds') return 'round trip';
  return name
    .replace(/_(bits|bytes)_per_second$/, '_rate')
    .replace(/_(seconds|ratio|bytes)$/, '')
    .replaceAll('_', ' ');
}
