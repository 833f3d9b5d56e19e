import { AGENT_RULES, STREAM_AGENTS, StreamAgentSpec, StreamAgentStatus } from '@streamswarm/contract';
import { schemaNode } from '../schema-node.ts';
import { customResource } from './custom-resource.ts';
import { structural } from './structural.ts';

/** crds/streamagents.streamswarm.dev.yaml */
export function streamAgentCrd(): string {
  const spec = structural(schemaNode(StreamAgentSpec), '', []);
  const validations = AGENT_RULES.map(({ cel, message, field }) => ({
    rule: cel,
    message,
    fieldPath: `.${field}`,
  }));
  return customResource(
    STREAM_AGENTS,
    'StreamAgent is one agent, on a node or on a host outside the cluster. The operator creates it.',
    {
      spec: { ...spec, 'x-kubernetes-validations': validations },
      status: structural(schemaNode(StreamAgentStatus), 'status', []),
    },
  );
}
