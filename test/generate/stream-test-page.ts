import { LATER_PROBES, NOT_YET, PROBE_NAMES, RULES, StreamTest } from '@streamswarm/contract';
import { code, page, table } from './markdown.ts';
import { fieldRows } from './schema-rows.ts';

/** docs/reference/stream-test.md: every field of a manifest, and the rules between them. */
export function streamTestPage(): string {
  const rows = fieldRows(StreamTest, (path) => !isProbeKind(path)).filter((row) => !isLater(row.path));
  return page(
    '# StreamTest',
    'What the operator writes back is in [status.md](status.md). Durations are written like `5s`, `1m30s` or `2h` (units h, m, s, ms). An unknown field is refused. The options of each probe are in [probes.md](probes.md).',
    '## Fields',
    table(
      ['Field', 'Type', 'Allowed', 'Required', 'Meaning'],
      rows.map((row) => [code(row.path), row.type, row.bounds, row.required ? 'yes' : '', row.description]),
    ),
    '## Rules',
    'What no single field can say. A manifest that breaks one is refused with the path of the field and this text, by the API server of a cluster and by the operator without one.',
    table(
      ['Rule', 'What it says'],
      RULES.map((rule) => [code(rule.name), rule.message]),
    ),
    '## Not in this version',
    'These parts of the shape are fixed but refused for now, so that nothing is ignored in silence.',
    NOT_YET.map((rule) => `- ${/yet: (.*);/.exec(rule.message)?.[1] ?? rule.message}`).join('\n'),
  );
}

function isProbeKind(path: string): boolean {
  return PROBE_NAMES.some((kind) => path === `spec.probes[].${kind}`);
}

function isLater(path: string): boolean {
  return LATER_PROBES.some((kind) => path === `spec.probes[].${kind}`);
}
