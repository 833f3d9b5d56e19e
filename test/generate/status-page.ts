import {
  AGENT_CONDITION_MEANINGS,
  AGENT_REASON_MEANINGS,
  CONDITION_MEANINGS,
  EVENT_MEANINGS,
  REASON_MEANINGS,
  type Resource,
  RUN_REASON_MEANINGS,
  RUN_RESULT_MEANINGS,
  STREAM_AGENTS,
  STREAM_TESTS,
  StreamAgentSpec,
  StreamAgentStatus,
  StreamTestStatus,
} from '@streamswarm/contract';
import type { TSchema } from 'typebox';
import { code, page, table } from './markdown.ts';
import { fieldRows } from './schema-rows.ts';

/** docs/reference/status.md: what the operator writes into the objects, word by word. */
export function statusPage(): string {
  return page(
    '# What the cluster shows',
    'The operator writes `status` and Events; people write `spec`. Programs read conditions and reasons, which are constant words; messages are for people and may change.',
    '## Columns of `kubectl get streamtests`',
    columns(STREAM_TESTS),
    '## Conditions of a StreamTest',
    meanings('Condition', CONDITION_MEANINGS),
    "Wait for the end of a test with `kubectl wait --for=jsonpath='{.status.state}'=Complete streamtest/NAME`, and for its acceptance with `kubectl wait --for=condition=Ready streamtest/NAME`.",
    '## Reasons',
    meanings('Reason', REASON_MEANINGS),
    '## Why a run began',
    meanings('run.reason', RUN_REASON_MEANINGS),
    '## How a run ended',
    meanings('run.result', RUN_RESULT_MEANINGS),
    '## Events',
    meanings('Reason', EVENT_MEANINGS),
    '## Fields of the status of a StreamTest',
    fields(StreamTestStatus, 'status'),
    '## StreamAgent',
    'One for each agent, cluster-scoped, created by the operator. Its labels are for people: tests aim by them, merged with those of the Node.',
    columns(STREAM_AGENTS),
    fields(StreamAgentSpec, 'spec'),
    fields(StreamAgentStatus, 'status'),
    meanings('Condition', AGENT_CONDITION_MEANINGS),
    meanings('Reason', AGENT_REASON_MEANINGS),
  );
}

function meanings(head: string, words: Readonly<Record<string, string>>): string {
  return table(
    [head, 'Meaning'],
    Object.entries(words).map(([word, meaning]) => [code(word), meaning]),
  );
}

function columns(resource: Resource): string {
  return table(
    ['Column', 'From', 'Meaning'],
    resource.columns.map(({ name, jsonPath, description, wide }) => [
      wide === true ? `${name} (-o wide)` : name,
      code(jsonPath),
      description,
    ]),
  );
}

function fields(schema: TSchema, prefix: string): string {
  return table(
    ['Field', 'Type', 'Meaning'],
    fieldRows(schema, () => true).map((row) => [code(`${prefix}.${row.path}`), row.type, row.description]),
  );
}
