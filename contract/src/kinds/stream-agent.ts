import Type, { type Static } from 'typebox';
import { conditionList } from './conditions.ts';
import { closed, stringEnum } from './schema.ts';

export const STREAM_AGENT_KIND = 'StreamAgent';
export const AGENT_KINDS = ['Node', 'Host'] as const;

export const StreamAgentSpec = Type.Object(
  {
    kind: stringEnum(
      AGENT_KINDS,
      'Node: an agent in a pod on a node of this cluster. Host: one that joined from outside.',
    ),
    nodeName: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 253,
        description: 'Node it runs on; set for kind Node and only there.',
      }),
    ),
    suspend: Type.Optional(
      Type.Boolean({ 'x-default': false, description: 'true: this agent gets no assignments. For people.' }),
    ),
  },
  {
    ...closed,
    description: 'Who the agent is. The operator creates it; suspend and the labels are for people.',
  },
);
export type StreamAgentSpec = Static<typeof StreamAgentSpec>;

export const StreamAgentStatus = Type.Object(
  {
    version: Type.Optional(Type.String({ maxLength: 64, description: 'Version of the agent.' })),
    tests: Type.Optional(
      Type.Integer({ minimum: 0, format: 'int32', description: 'Tests it measures for now.' }),
    ),
    lastSeenTime: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'When it was last heard of; written on change and else every 5 minutes.',
      }),
    ),
    addresses: Type.Optional(
      Type.Array(Type.String({ maxLength: 45, description: 'An address.' }), {
        maxItems: 16,
        description: 'Addresses of its host, that meshes measure to.',
        'x-kubernetes-list-type': 'atomic',
      }),
    ),
    conditions: Type.Optional(conditionList('Online.')),
  },
  { ...closed, description: 'What is seen of the agent; written by the operator.' },
);
export type StreamAgentStatus = Static<typeof StreamAgentStatus>;

/** An agent as the cluster shows it: cluster-scoped, owned by its Node where it has one. */
export interface StreamAgent {
  readonly apiVersion: 'streamswarm.dev/v1alpha1';
  readonly kind: typeof STREAM_AGENT_KIND;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: StreamAgentSpec;
  readonly status?: StreamAgentStatus;
}
