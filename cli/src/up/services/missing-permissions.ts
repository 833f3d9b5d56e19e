import type { AgentView } from '@streamswarm/contract';

/** What the agents of a server cannot do without a permission, with the command that gives it; one line each. */
export async function missingPermissions(server: string, signal: AbortSignal): Promise<string[]> {
  try {
    const response = await fetch(`${server}/api/v1/agents`, { signal });
    if (!response.ok) return [];
    const { items } = (await response.json()) as { items: AgentView[] };
    return items.flatMap(permissionLines);
  } catch (error) {
    if (signal.aborted) throw error;
    return [];
  }
}

export function permissionLines({ capabilities }: Pick<AgentView, 'capabilities'>): string[] {
  return capabilities.flatMap(({ name, state, reason, detail, enable }) =>
    reason !== 'no-permission' || enable === undefined
      ? []
      : [`${name} is ${state}${detail === undefined ? '' : ` (${detail})`}; to enable it: ${enable}`],
  );
}
