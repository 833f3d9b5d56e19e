/** An agent as planning sees it. */
export interface AgentRecord {
  readonly id: string;
  readonly name: string;
  /** On a node of the cluster, or on a host of its own. */
  readonly kind: 'Node' | 'Host';
  readonly nodeName: string | null;
  /** By which tests aim at it. */
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of its Node alone; absent: its labels are those. */
  readonly nodeLabels?: Readonly<Record<string, string>> | null;
  /** Where others reach it; null where that is not known. */
  readonly address: string | null;
  readonly suspended: boolean;
  /** Its node or host was taken away. */
  readonly gone: boolean;
}

/** Whether an agent measures, and is measured, at all. */
export function takesPart(agent: AgentRecord): boolean {
  return !agent.suspended && !agent.gone;
}
