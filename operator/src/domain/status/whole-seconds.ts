/** RFC 3339 in UTC with whole seconds, as all times of Kubernetes' objects are. */
export function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
