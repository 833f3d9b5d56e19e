import type { Problem } from './problem.ts';
import type { StreamAgentSpec } from './stream-agent.ts';

/** A rule of a StreamAgent; as Rule of a StreamTest, but `before` is the stored spec, where there is one. */
export interface AgentRule {
  readonly name: string;
  readonly message: string;
  readonly cel: string;
  readonly field: keyof StreamAgentSpec;
  broken(spec: StreamAgentSpec, before: StreamAgentSpec | null): boolean;
}

export const AGENT_RULES: readonly AgentRule[] = [
  {
    name: 'node-name-with-node',
    message: 'is set for kind Node and only there',
    cel: "self.kind == 'Node' ? has(self.nodeName) : !has(self.nodeName)",
    field: 'nodeName',
    broken: (spec) => (spec.kind === 'Node') !== (spec.nodeName !== undefined),
  },
  {
    name: 'kind-stays',
    message: 'cannot change: an agent elsewhere is another agent',
    cel: 'self.kind == oldSelf.kind',
    field: 'kind',
    broken: (spec, before) => before !== null && spec.kind !== before.kind,
  },
];

/** What is wrong with the spec of an agent that fits the schema. */
export function agentProblems(spec: StreamAgentSpec, before: StreamAgentSpec | null): Problem[] {
  return AGENT_RULES.filter((rule) => rule.broken(spec, before)).map((rule) => ({
    path: `spec.${rule.field}`,
    message: rule.message,
    rule: rule.name,
  }));
}
