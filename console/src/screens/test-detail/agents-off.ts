/** Agents that a person has turned off: `off=worker-1,worker-2` in the address. */
export function readOff(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').filter((agent) => agent !== ''))];
}

/** The same with one agent turned the other way. */
export function toggledOff(off: readonly string[], agent: string): string[] {
  return off.includes(agent) ? off.filter((each) => each !== agent) : [...off, agent];
}

/** More names than these are counted. */
const MOST_NAMED = 3;

/** Whose samples are merged in the large chart. */
export function mergedWords(off: readonly string[]): string {
  if (off.length === 0) return 'all agents';
  return off.length > MOST_NAMED ? `without ${off.length} agents` : `without ${off.join(', ')}`;
}
