import { NOT_YET, RULES, STREAM_TESTS, StreamTestSpec, StreamTestStatus } from '@streamswarm/contract';
import { schemaNode } from '../schema-node.ts';
import { customResource } from './custom-resource.ts';
import { structural } from './structural.ts';

/** crds/streamtests.streamswarm.dev.yaml */
export function streamTestCrd(): string {
  return customResource(
    STREAM_TESTS,
    'StreamTest says what to measure, from where, how often and for how long. Agents on nodes and hosts measure it.',
    {
      spec: structural(schemaNode(StreamTestSpec), '', [...RULES, ...NOT_YET]),
      status: structural(schemaNode(StreamTestStatus), 'status', []),
    },
  );
}
