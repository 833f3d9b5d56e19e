/** The page of an agent. */
export function agentHref(name: string): string {
  return `/agents/view/?agent=${encodeURIComponent(name)}`;
}
